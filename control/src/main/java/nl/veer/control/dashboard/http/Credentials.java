package nl.veer.control.dashboard.http;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import nl.veer.control.config.DashboardConfig;
import nl.veer.control.config.DashboardTokenConfig;
import nl.veer.control.config.OidcConfig;
import nl.veer.control.dashboard.oidc.OidcTokens;
import nl.veer.control.dashboard.oidc.TokenOutcome;
import nl.veer.control.dashboard.page.LoginPage.Trouble;
import org.jspecify.annotations.Nullable;

/**
 * Says whose token it is: one of the configuration, or one that the configured issuer has signed.
 * Who tries many is not answered for a while. Safe for use by several threads; none waits.
 */
final class Credentials {
  /** Wrong tokens that somebody may send in a row; a person takes the wrong one a few times. */
  static final int WRONG_ONES = 20;

  /** As often one more is allowed; nobody goes through many words so. */
  private static final double WRONG_PER_SECOND = 1.0 / 3;

  private final Tokens tokens;
  private final @Nullable OidcConfig oidc;
  private final @Nullable OidcTokens signed;
  private final PersonNames names;
  private final RateLimit wrong;

  Credentials(DashboardConfig config, Clock clock) {
    tokens = new Tokens(config.tokens());
    oidc = config.oidc();
    signed = oidc == null ? null : OidcTokens.start(oidc, clock);
    names = new PersonNames(config.tokens().stream().map(DashboardTokenConfig::name).toList());
    wrong =
        new RateLimit(
            WRONG_ONES, WRONG_PER_SECOND, () -> TimeUnit.MILLISECONDS.toNanos(clock.millis()));
  }

  /** Ends when it can be said whose token this is, and soon; at once, most times. */
  CompletableFuture<Void> ready(String token) {
    return signed != null && OidcTokens.looksLikeOne(token)
        ? signed.ready(token)
        : CompletableFuture.completedFuture(null);
  }

  /**
   * Whose token it is now.
   *
   * @param client where it comes from, see {@link Network}
   */
  Entry entry(String token, String client) {
    // Nobody can try these out, so that whoever shares an address with a guesser still comes in.
    Optional<Visitor> known = tokens.visitor(token);
    if (known.isPresent()) {
      return new Entry.Open(known.get());
    }
    if (wrong.isSpent(client)) {
      return new Entry.Shut(
          Trouble.OFTEN,
          Reply.error(429, "RATE", "Too many wrong tokens came from this address. Wait a while.")
              .with("Retry-After", "10"));
    }
    if (signed != null && OidcTokens.looksLikeOne(token)) {
      return entry(signed.judge(token), client);
    }
    wrong.count(client);
    return Entry.invalid("Nobody has this token.");
  }

  private Entry entry(TokenOutcome outcome, String client) {
    if (outcome instanceof TokenOutcome.Holder holder) {
      String name = names.of(holder.subject(), holder.name());
      return new Entry.Open(Visitor.of(name, holder.subject(), holder.role(), holder.until()));
    }
    if (outcome instanceof TokenOutcome.NoRole holder) {
      return noRole(holder.name());
    }
    if (outcome instanceof TokenOutcome.Refused refused) {
      if (!refused.signed()) {
        wrong.count(client);
      }
      return Entry.invalid(refused.words());
    }
    return new Entry.Shut(
        Trouble.KEYS_AWAY,
        Reply.error(
                503,
                "OIDC_KEYS",
                "The issuer's keys cannot be read now, so nobody can tell whose token this is. A"
                    + " token of the configuration still does.")
            .with("Retry-After", "15"));
  }

  private Entry noRole(String name) {
    return new Entry.Shut(
        Trouble.NO_ROLE,
        Reply.error(
            403,
            "NO_ROLE",
            "%s is known, but has no role here: the token's claim %s holds none of those that"
                    .formatted(name, oidc == null ? "" : oidc.roleClaim())
                + " dashboard.oidc.roles lists."));
  }
}
