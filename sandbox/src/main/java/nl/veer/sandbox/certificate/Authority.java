package nl.veer.sandbox.certificate;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import nl.veer.sandbox.process.SandboxFailure;

/**
 * Issues certificates (X.509 version 3, RFC 5280) on elliptic-curve keys, with its own certificate
 * as the root. It writes their few bytes itself: the JDK can read certificates but only its keytool
 * makes them, a process and a second for each step.
 */
public final class Authority {
  /** The machine's own names, as every sandbox server listens there. */
  public static final List<String> HERE = List.of("localhost", "127.0.0.1");

  private static final Duration SHORT = Duration.ofDays(2);
  private static final int SERIAL_BITS = 64;
  private static final int IPV4_PARTS = 4;
  private static final byte[] SHA256_WITH_ECDSA =
      Der.sequence(Der.identifier(1, 2, 840, 10045, 4, 3, 2));

  private final String name;
  private final Duration validity;
  private final KeyPair keys = keys();
  private final X509Certificate certificate;

  /** An authority that nobody trusts yet, whose certificates are valid for two days. */
  public Authority(String name) {
    this(name, SHORT);
  }

  /** The same, with certificates that are valid for so long. */
  public Authority(String name, Duration validity) {
    this.name = name;
    this.validity = validity;
    Instant now = Instant.now();
    this.certificate =
        sign(name, keys, now.minus(SHORT), now.plus(validity), List.of(basicConstraints()));
  }

  /** A certificate that is valid now, for a server under these names or a client without any. */
  public Identity issue(String subject, List<String> hosts) {
    Instant now = Instant.now();
    return issue(subject, hosts, now.minus(SHORT), now.plus(validity));
  }

  /** A certificate that was valid until an hour ago. */
  public Identity issueExpired(String subject, List<String> hosts) {
    Instant now = Instant.now();
    return issue(subject, hosts, now.minus(SHORT), now.minus(Duration.ofHours(1)));
  }

  private Identity issue(String subject, List<String> hosts, Instant from, Instant to) {
    KeyPair own = keys();
    List<byte[]> extensions = hosts.isEmpty() ? List.of() : List.of(names(hosts));
    return new Identity(own.getPrivate(), sign(subject, own, from, to, extensions), certificate);
  }

  public X509Certificate certificate() {
    return certificate;
  }

  private X509Certificate sign(
      String subject, KeyPair own, Instant from, Instant to, List<byte[]> extensions) {
    List<byte[]> body = new ArrayList<>();
    body.add(Der.context(0, Der.integer(BigInteger.TWO)));
    body.add(Der.integer(new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE)));
    body.add(SHA256_WITH_ECDSA);
    body.add(distinguished(name));
    body.add(Der.sequence(Der.time(from), Der.time(to)));
    body.add(distinguished(subject));
    body.add(own.getPublic().getEncoded());
    if (!extensions.isEmpty()) {
      body.add(Der.context(3, Der.sequence(extensions)));
    }
    byte[] signed = Der.sequence(body);
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(signed);
      byte[] whole = Der.sequence(signed, SHA256_WITH_ECDSA, Der.bits(signature.sign()));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(whole));
    } catch (GeneralSecurityException e) {
      throw new SandboxFailure("Cannot make a certificate: " + e, e);
    }
  }

  private static byte[] distinguished(String commonName) {
    return Der.sequence(Der.set(Der.sequence(Der.identifier(2, 5, 4, 3), Der.text(commonName))));
  }

  private static byte[] basicConstraints() {
    return Der.sequence(
        Der.identifier(2, 5, 29, 19), Der.yes(), Der.octets(Der.sequence(Der.yes())));
  }

  private static byte[] names(List<String> hosts) {
    List<byte[]> names = new ArrayList<>();
    for (String host : hosts) {
      names.add(
          host.matches("[0-9.]+")
              ? Der.plainContext(7, address(host))
              : Der.plainContext(2, host.getBytes(StandardCharsets.US_ASCII)));
    }
    return Der.sequence(Der.identifier(2, 5, 29, 17), Der.octets(Der.sequence(names)));
  }

  private static byte[] address(String text) {
    byte[] address = new byte[IPV4_PARTS];
    String[] parts = text.split("\\.", -1);
    for (int i = 0; i < IPV4_PARTS; i++) {
      address[i] = (byte) Integer.parseInt(parts[i]);
    }
    return address;
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new SandboxFailure("Cannot make a key pair: " + e, e);
    }
  }
}
