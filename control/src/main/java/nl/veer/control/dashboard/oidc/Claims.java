package nl.veer.control.dashboard.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.veer.control.config.OidcConfig;
import org.jspecify.annotations.Nullable;

/** What a token says, whose signature is known to be the issuer's. Pure. */
final class Claims {
  /** The issuer's clock and ours may be apart so far. */
  static final Duration SKEW = Duration.ofSeconds(30);

  private static final int LONGEST_NAME = 100;

  private final OidcConfig config;
  private final JWTClaimsSet claims;

  Claims(OidcConfig config, JWTClaimsSet claims) {
    this.config = config;
    this.claims = claims;
  }

  TokenOutcome judge(Instant now) {
    Optional<String> objection = objection(now);
    if (objection.isPresent()) {
      return new TokenOutcome.Refused(objection.get(), true);
    }
    Optional<String> subject = named(claims.getClaim("sub"));
    if (subject.isEmpty()) {
      return new TokenOutcome.Refused("The token says of nobody whose it is (sub).", true);
    }
    String name = named(at(config.nameClaim())).or(() -> subject).get();
    Instant until = claims.getExpirationTime().toInstant();
    return config
        .roles()
        .of(roles())
        .<TokenOutcome>map(role -> new TokenOutcome.Holder(name, subject.get(), role, until))
        .orElseGet(() -> new TokenOutcome.NoRole(name));
  }

  private Optional<String> objection(Instant now) {
    if (!config.issuer().equals(claims.getIssuer())) {
      return Optional.of("The token is another issuer's (iss).");
    }
    if (!claims.getAudience().contains(config.audience())) {
      return Optional.of("The token is for somebody else (aud).");
    }
    Date until = claims.getExpirationTime();
    if (until == null) {
      return Optional.of("The token has no end (exp).");
    }
    if (!now.isBefore(until.toInstant().plus(SKEW))) {
      return Optional.of("The token has ended (exp); get another one.");
    }
    if (isAhead(claims.getNotBeforeTime(), now) || isAhead(claims.getIssueTime(), now)) {
      return Optional.of("The token is not valid yet (nbf, iat); a clock may be wrong.");
    }
    return Optional.empty();
  }

  private static boolean isAhead(@Nullable Date time, Instant now) {
    return time != null && time.toInstant().isAfter(now.plus(SKEW));
  }

  /** It goes into the audit log and onto screens, so nothing in it may pretend to be more. */
  private static Optional<String> named(@Nullable Object claim) {
    return claim instanceof String text
            && !text.isBlank()
            && text.length() <= LONGEST_NAME
            && text.codePoints().noneMatch(Claims::isHidden)
        ? Optional.of(text)
        : Optional.empty();
  }

  private static boolean isHidden(int character) {
    int type = Character.getType(character);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  private Set<String> roles() {
    Object claim = at(config.roleClaim());
    Stream<?> named = claim instanceof List<?> list ? list.stream() : Stream.ofNullable(claim);
    return named
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .collect(Collectors.toSet());
  }

  /** A claim of this whole name, which may hold dots; else where the dots lead to. */
  private @Nullable Object at(String path) {
    Object whole = claims.getClaim(path);
    if (whole != null) {
      return whole;
    }
    Object found = claims.getClaims();
    for (String part : path.split("\\.", -1)) {
      found = found instanceof Map<?, ?> map ? map.get(part) : null;
    }
    return found;
  }

  /** What the token holds; empty if it is not put as it must be. */
  static Optional<JWTClaimsSet> of(com.nimbusds.jwt.SignedJWT token) {
    try {
      return Optional.ofNullable(token.getJWTClaimsSet());
    } catch (ParseException e) {
      return Optional.empty();
    }
  }
}
