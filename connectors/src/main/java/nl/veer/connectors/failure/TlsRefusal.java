package nl.veer.connectors.failure;

import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;

/**
 * Tells a TLS connection that one side refuses, and will refuse again, from one that merely broke:
 * a certificate that is not trusted, expired or of another host, a key that cannot be read, an
 * alert about certificates. What is left is for the network, and passes by itself.
 */
public final class TlsRefusal {
  private static final int DEEPEST = 20;
  private static final String ALERT = "Received fatal alert: ";

  /**
   * Alerts that speak of certificates, keys and versions (RFC 8446, 6.2), not of the connection.
   */
  private static final Set<String> LASTING =
      Set.of(
          "handshake_failure",
          "no_certificate",
          "bad_certificate",
          "unsupported_certificate",
          "certificate_revoked",
          "certificate_expired",
          "certificate_unknown",
          "certificate_required",
          "unknown_ca",
          "access_denied",
          "protocol_version",
          "insufficient_security",
          "unrecognized_name");

  private TlsRefusal() {}

  /** Why TLS was refused, in a few words without a full stop; empty if it was not. */
  public static Optional<String> reason(Throwable thrown) {
    Optional<String> reason = Optional.empty();
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof LoginException) {
        // Of a user who is logged in by other means; it is no TLS that fails, whatever is beneath.
        return Optional.empty();
      }
      // The innermost says it best.
      reason = reasonOf(cause).or(unchanged(reason));
      cause = cause.getCause();
    }
    return reason;
  }

  private static Supplier<Optional<String>> unchanged(Optional<String> reason) {
    return () -> reason;
  }

  private static Optional<String> reasonOf(Throwable cause) {
    String message = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
    if (cause instanceof GeneralSecurityException || cause instanceof SSLPeerUnverifiedException) {
      return Optional.of(message);
    }
    if (!(cause instanceof SSLException)) {
      return isFileRefused(cause)
          ? Optional.of("a file cannot be read: " + message)
          : Optional.empty();
    }
    if (message.startsWith(ALERT) && LASTING.contains(message.substring(ALERT.length()))) {
      return Optional.of("the server refuses, with the alert " + message.substring(ALERT.length()));
    }
    return message.contains("Unsupported or unrecognized SSL message")
        ? Optional.of("the server does not speak TLS at this port")
        : Optional.empty();
  }

  /** A file that is there and may be read was not opened for want of something else. */
  private static boolean isFileRefused(Throwable cause) {
    return cause instanceof NoSuchFileException
        || cause instanceof AccessDeniedException
        || (cause instanceof FileNotFoundException && !isReadable(cause.getMessage()));
  }

  /**
   * @param said a path, and why it was not opened, in brackets and in the system's language
   */
  private static boolean isReadable(@Nullable String said) {
    String words = said == null ? "" : said;
    int why = words.lastIndexOf(" (");
    try {
      Path file = Path.of(why < 0 ? words : words.substring(0, why));
      return Files.isRegularFile(file) && Files.isReadable(file);
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
