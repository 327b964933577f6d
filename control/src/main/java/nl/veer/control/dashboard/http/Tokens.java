package nl.veer.control.dashboard.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import nl.veer.control.config.DashboardTokenConfig;

/**
 * The configured tokens. They are random and long, so that a plain SHA-256 is enough: nobody can go
 * through them. All are compared each time, in the same time.
 */
public final class Tokens {
  private static final int BYTES = 32;

  private final List<DashboardTokenConfig> known;

  Tokens(List<DashboardTokenConfig> known) {
    this.known = List.copyOf(known);
  }

  /** Whose token it is; empty if it is nobody's. */
  Optional<Visitor> visitor(String token) {
    byte[] digest = sha256(token);
    Optional<Visitor> found = Optional.empty();
    for (DashboardTokenConfig one : known) {
      if (MessageDigest.isEqual(digest, HexFormat.of().parseHex(one.sha256()))) {
        found = Optional.of(Visitor.of(one.name(), one.role()));
      }
    }
    return found;
  }

  /** A new token: 256 random bits. */
  public static String random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** What the configuration keeps of a token, in hexadecimal. */
  public static String digest(String token) {
    return HexFormat.of().formatHex(sha256(token));
  }

  private static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
