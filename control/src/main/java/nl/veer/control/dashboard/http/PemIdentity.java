package nl.veer.control.dashboard.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A certificate and its key, from PEM files into what Java's TLS takes. */
final class PemIdentity {
  private static final Logger LOG = LoggerFactory.getLogger(PemIdentity.class);

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private PemIdentity() {}

  /**
   * A store with this one entry, without a password.
   *
   * @throws Failure CONFIGURATION if the files cannot be read, or are not of one another
   */
  static KeyStore keyStore(Path certificate, Path key) {
    try (InputStream in = Files.newInputStream(certificate)) {
      Certificate[] chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(in)
              .toArray(Certificate[]::new);
      if (chain.length == 0) {
        throw failure(certificate, "holds no certificate", null);
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      PrivateKey own = privateKey(key);
      if (!isOf(own, chain[0])) {
        throw failure(key, "is not the key of the certificate in " + certificate, null);
      }
      store.setKeyEntry("veer", own, new char[0], chain);
      return store;
    } catch (IOException e) {
      throw failure(certificate, "cannot be read", e);
    } catch (GeneralSecurityException e) {
      throw failure(certificate, "is no certificate in PEM", e);
    }
  }

  /** Without causes: their words may quote the key. */
  private static PrivateKey privateKey(Path file) throws GeneralSecurityException {
    byte[] form;
    try {
      Matcher pem = KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
      if (!pem.find()) {
        throw failure(file, "is no key in PKCS #8 PEM without a password", null);
      }
      form = Base64.getMimeDecoder().decode(pem.group(1));
    } catch (IOException e) {
      throw failure(file, "cannot be read", null);
    } catch (IllegalArgumentException e) {
      throw failure(file, "is damaged: what it holds is no Base64", null);
    }
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(form));
      } catch (InvalidKeySpecException e) {
        LOG.atTrace().addKeyValue("algorithm", algorithm).log("The key is of another kind");
      }
    }
    throw failure(file, "is a key of no kind that Java knows", null);
  }

  /** What the one signs, the other proves. */
  private static boolean isOf(PrivateKey key, Certificate certificate) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    byte[] any = "veer".getBytes(StandardCharsets.US_ASCII);
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(any);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(any);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      LOG.atTrace().addKeyValue("algorithm", algorithm).log("The certificate is of another key");
      return false;
    }
  }

  private static Failure failure(Path file, String what, @Nullable Throwable cause) {
    return new Failure(
        FailureKind.CONFIGURATION,
        "DASHBOARD_TLS",
        "%s %s. See dashboard.tls-cert and dashboard.tls-key in the configuration."
            .formatted(file, what),
        cause);
  }
}
