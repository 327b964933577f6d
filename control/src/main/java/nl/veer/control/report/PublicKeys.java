package nl.veer.control.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/** What a report is checked with: Ed25519 keys, their PEM and their fingerprints. */
public final class PublicKeys {
  private static final String PUBLIC = "PUBLIC KEY";
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private PublicKeys() {}

  /**
   * The key in a PEM file.
   *
   * @throws Failure CONFIGURATION if there is none
   */
  public static PublicKey in(Path file) {
    try {
      return of(bytes(PUBLIC, Files.readString(file, StandardCharsets.US_ASCII)));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "REPORT_KEY",
          "%s is no Ed25519 public key in PEM (BEGIN PUBLIC KEY), or cannot be read. It stands beside"
                  .formatted(file)
              + " the key that signed, in a file whose name ends in .pub.pem.");
    }
  }

  /** SHA-256 of the key's DER, in hexadecimal, as {@code openssl pkey -pubin} shows it. */
  public static String fingerprint(PublicKey key) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static PublicKey of(byte[] form) throws GeneralSecurityException {
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(form));
  }

  /**
   * The public half. Java derives it only when it makes a pair, so it makes this pair again, from
   * the same seed (RFC 8032, 5.1.5).
   */
  static PublicKey of(EdECPrivateKey secret) throws GeneralSecurityException {
    byte[] seed = secret.getBytes().orElseThrow(GeneralSecurityException::new);
    KeyPairGenerator pairs = KeyPairGenerator.getInstance("Ed25519");
    pairs.initialize(NamedParameterSpec.ED25519, new Seed(seed));
    KeyPair pair = pairs.generateKeyPair();
    if (!Arrays.equals(pair.getPrivate().getEncoded(), secret.getEncoded())) {
      throw new GeneralSecurityException("Another pair was made");
    }
    return pair.getPublic();
  }

  private static final class Seed extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final byte[] seed;

    Seed(byte[] seed) {
      this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
    }
  }

  /** Whether this is the signature of these bytes. */
  static boolean verify(PublicKey key, byte[] bytes, byte[] signature) {
    try {
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(key);
      check.update(bytes);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      // A signature of no valid form.
      return false;
    }
  }

  static String pem(PublicKey key) {
    return pem(PUBLIC, key.getEncoded());
  }

  static String pem(String kind, byte[] form) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(kind, LINES.encodeToString(form));
  }

  /**
   * @throws IllegalArgumentException if it is no such PEM
   */
  static byte[] bytes(String kind, String pem) {
    String begin = "-----BEGIN " + kind + "-----";
    String end = "-----END " + kind + "-----";
    int from = pem.indexOf(begin);
    int to = pem.indexOf(end);
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("No " + kind);
    }
    return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
  }
}
