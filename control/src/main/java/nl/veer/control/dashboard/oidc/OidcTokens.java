package nl.veer.control.dashboard.oidc;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import nl.veer.control.config.OidcConfig;
import nl.veer.control.dashboard.oidc.TokenOutcome.KeysAway;
import nl.veer.control.dashboard.oidc.TokenOutcome.Refused;

/**
 * Bearer tokens (JWT, RFC 7519) of the configured issuer. What a token itself says of keys and
 * where to find them is not heeded. Safe for use by several threads; none waits.
 */
public final class OidcTokens {
  /** Of many roles a token has some kilobytes. */
  public static final int LONGEST = 16 << 10;

  /** That a token is for access; other kinds are not for us (RFC 8725, 3.11). */
  private static final List<JOSEObjectType> TYPES =
      List.of(
          JOSEObjectType.JWT,
          new JOSEObjectType("at+jwt"),
          new JOSEObjectType("application/at+jwt"));

  private static final Refused STRANGE =
      new Refused("The token is none of this dashboard, or is not put as it must be.", false);
  private static final Refused UNSIGNED =
      new Refused("The token is not signed by the issuer.", false);

  private final OidcConfig config;
  private final IssuerKeys keys;
  private final Clock clock;

  OidcTokens(OidcConfig config, KeySource source, Clock clock) {
    this.config = config;
    this.keys = new IssuerKeys(config.issuer(), source, clock);
    this.clock = clock;
  }

  /** Begins to read the issuer's keys, so that it is known early if that fails. */
  public static OidcTokens start(OidcConfig config, Clock clock) {
    OidcTokens tokens = new OidcTokens(config, new IssuerSite(config), clock);
    tokens.keys.readAnew();
    return tokens;
  }

  /** Whether it looks like one; nothing is looked into. */
  public static boolean looksLikeOne(String token) {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    return first > 0 && second > first && token.indexOf('.', second + 1) < 0;
  }

  /** Ends when the token can be judged, and soon; at once, most times. */
  public CompletableFuture<Void> ready(String token) {
    return parse(token)
        .map(parsed -> keys.await(key -> KeyFit.fits(parsed.getHeader(), key)))
        .orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  /** What the token is worth now. */
  public TokenOutcome judge(String token) {
    Optional<SignedJWT> parsed = parse(token);
    if (parsed.isEmpty()) {
      return STRANGE;
    }
    if (!keys.areKnown()) {
      return new KeysAway();
    }
    SignedJWT signed = parsed.get();
    List<JWK> fitting = keys.fitting(key -> KeyFit.fits(signed.getHeader(), key));
    if (fitting.stream().noneMatch(key -> Signature.isBy(key, signed))) {
      return UNSIGNED;
    }
    Optional<JWTClaimsSet> claims = Claims.of(signed);
    return claims.isEmpty() ? STRANGE : new Claims(config, claims.get()).judge(clock.instant());
  }

  /** Empty if it is none that could be ours, whatever the keys. */
  private static Optional<SignedJWT> parse(String token) {
    if (token.length() > LONGEST || !looksLikeOne(token)) {
      return Optional.empty();
    }
    try {
      SignedJWT parsed = SignedJWT.parse(token);
      JOSEObjectType type = parsed.getHeader().getType();
      return KeyFit.isTaken(parsed.getHeader().getAlgorithm())
              && (type == null || TYPES.contains(type))
          ? Optional.of(parsed)
          : Optional.empty();
    } catch (ParseException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
