package nl.veer.control.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * The Ed25519 key that reports are signed with: a file in PKCS #8 PEM that only its owner may read,
 * made on first use, with the public key beside it. As {@code openssl} writes and reads them.
 */
public final class ReportKey {
  private static final String PRIVATE = "PRIVATE KEY";

  private final PrivateKey secret;
  private final PublicKey shown;

  private ReportKey(PrivateKey secret, PublicKey shown) {
    this.secret = secret;
    this.shown = shown;
  }

  /** A key that is kept nowhere. */
  static ReportKey random() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new ReportKey(pair.getPrivate(), pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java from 15 on has Ed25519", e);
    }
  }

  /**
   * The key in the file; if there is none, a new one, which is kept there. The public key is
   * written beside it where it is not there, see {@link #shownFile}.
   *
   * @throws Failure CONFIGURATION if it cannot be read or made
   */
  public static ReportKey in(Path file) {
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      ReportKey key = read(file);
      if (!Files.exists(shownFile(file))) {
        Files.writeString(shownFile(file), PublicKeys.pem(key.shown));
      }
      return key;
    } catch (IOException e) {
      throw failure(file, "cannot be read or made (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  /** Where the key is kept if nobody says otherwise: in the directory of Veer's own files. */
  public static Path usual(Path data) {
    return data.resolve("report-key.pem");
  }

  /** Where the public key of a key file stands: {@code report-key.pub.pem}. */
  public static Path shownFile(Path file) {
    String name = file.getFileName().toString();
    String bare = name.endsWith(".pem") ? name.substring(0, name.length() - 4) : name;
    return file.resolveSibling(bare + ".pub.pem");
  }

  /** Whole or not at all, and never readable by others; who comes second takes the first one's. */
  private static void make(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    Path whole =
        Files.createTempFile(
            directory,
            ".report-key",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(whole, PublicKeys.pem(PRIVATE, random().secret.getEncoded()));
      Files.createLink(file, whole);
    } catch (FileAlreadyExistsException e) {
      return;
    } catch (UnsupportedOperationException e) {
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  private static ReportKey read(Path file) throws IOException {
    try {
      byte[] form = PublicKeys.bytes(PRIVATE, Files.readString(file, StandardCharsets.US_ASCII));
      PrivateKey secret =
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(form));
      return new ReportKey(secret, PublicKeys.of((EdECPrivateKey) secret));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Without the cause's words: they may quote the key.
      throw failure(file, "is no Ed25519 key in PKCS #8 PEM", null);
    }
  }

  private static Failure failure(Path file, String what, @Nullable Throwable cause) {
    return new Failure(
        FailureKind.CONFIGURATION,
        "REPORT_KEY",
        "The key of reports %s %s. Name another one with --key, or make one with: openssl genpkey"
                .formatted(file, what)
            + " -algorithm ed25519",
        cause);
  }

  /** The signature of these bytes, 64 bytes. */
  byte[] sign(byte[] bytes) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(secret);
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a signature is checked with. */
  public PublicKey shown() {
    return shown;
  }

  @Override
  public String toString() {
    return "***";
  }
}
