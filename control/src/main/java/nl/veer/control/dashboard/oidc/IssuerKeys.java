package nl.veer.control.dashboard.oidc;

import com.nimbusds.jose.jwk.JWK;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The issuer's public keys, as they were read last. They are read anew when they get old and
 * somebody asks, and when a key is asked for that is not among them, for the issuer changes its
 * keys; but never more often than is good for it, whatever strangers send. Keys that are too old
 * are none: an issuer that is away lets nobody in. Safe for use by several threads; none waits.
 */
final class IssuerKeys {
  private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

  /** Older ones are read anew, and hold until that is done. */
  static final Duration FRESH = Duration.ofMinutes(5);

  /** What the issuer has taken back may be believed for so long, where it is away. */
  static final Duration LONGEST = Duration.ofHours(1);

  /** Between two readings, also those that failed. */
  static final Duration PAUSE = Duration.ofSeconds(15);

  private final String issuer;
  private final KeySource source;
  private final Clock clock;

  /** All below is guarded by this. */
  private List<JWK> keys = List.of();

  private @Nullable Instant read;
  private @Nullable Instant begun;
  private @Nullable CompletableFuture<Void> underWay;
  private boolean away;

  IssuerKeys(String issuer, KeySource source, Clock clock) {
    this.issuer = issuer;
    this.source = source;
    this.clock = clock;
  }

  /** Whether any are known that are not too old. */
  synchronized boolean areKnown() {
    return read != null && clock.instant().isBefore(read.plus(LONGEST));
  }

  /** Those that fit; none if none are known. */
  synchronized List<JWK> fitting(Predicate<JWK> fits) {
    return areKnown() ? keys.stream().filter(fits).toList() : List.of();
  }

  /** Ends when one that fits is known, or is not to be had now; at once, most times. */
  synchronized CompletableFuture<Void> await(Predicate<JWK> fits) {
    if (fitting(fits).isEmpty()) {
      return readAnew();
    }
    if (read != null && clock.instant().isAfter(read.plus(FRESH))) {
      readAnew();
    }
    return CompletableFuture.completedFuture(null);
  }

  /** Reads them, if that is not done already and was not done just now. */
  synchronized CompletableFuture<Void> readAnew() {
    if (underWay != null) {
      return underWay.copy();
    }
    Instant now = clock.instant();
    // A clock that was set back must not stop it for long.
    if (begun != null && !now.isBefore(begun) && now.isBefore(begun.plus(PAUSE))) {
      return CompletableFuture.completedFuture(null);
    }
    begun = now;
    // Whatever it throws at once is a failed reading too.
    CompletableFuture<Void> reading =
        CompletableFuture.completedFuture(issuer)
            .thenCompose(any -> source.read())
            .handle(this::took);
    underWay = reading.isDone() ? null : reading;
    return reading.copy();
  }

  private synchronized @Nullable Void took(@Nullable List<JWK> found, @Nullable Throwable thrown) {
    underWay = null;
    if (found != null) {
      keys = List.copyOf(found);
      read = clock.instant();
      if (away) {
        LOG.atInfo().addKeyValue("issuer", issuer).log("The issuer's keys are read again");
      }
    } else if (!away) {
      LOG.atError()
          .addKeyValue("issuer", issuer)
          .addKeyValue("error", words(thrown))
          .log(
              "The issuer's keys were not read: nobody comes in by its tokens until they are."
                  + " Static tokens still do.");
    }
    away = found == null;
    return null;
  }

  private static String words(@Nullable Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    return String.valueOf(cause);
  }
}
