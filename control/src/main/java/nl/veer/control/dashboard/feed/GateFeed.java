package nl.veer.control.dashboard.feed;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.gate.GateView;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the gates when somebody asks and the last look is too old, one look at a time: each
 * costs a marker and many questions. Safe for use by several threads.
 */
public final class GateFeed {
  private static final Logger LOG = LoggerFactory.getLogger(GateFeed.class);
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final Looking looking;
  private final Clock clock;
  private final Duration patience;

  /** Both are guarded by this. */
  private GateLook last = GateLook.NONE;

  private @Nullable CompletableFuture<GateLook> underWay;

  /** What is looked at. */
  public interface Looking {
    /**
     * @throws Failure if there is no answer
     */
    List<GateView> look();
  }

  /**
   * @param patience whoever asks is told of the look before, if one takes longer
   */
  public GateFeed(Looking looking, Clock clock, Duration patience) {
    this.looking = looking;
    this.clock = clock;
    this.patience = patience;
  }

  public synchronized CompletableFuture<GateLook> ask() {
    if (isFresh(last.at())) {
      return CompletableFuture.completedFuture(last);
    }
    CompletableFuture<GateLook> look = underWay;
    if (look == null) {
      look = begin();
      underWay = look;
    }
    return look.copy()
        .completeOnTimeout(last.lookingAgain(), patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** After a clock is set back, what was seen later than now is no answer for now. */
  private boolean isFresh(@Nullable Instant at) {
    Instant now = clock.instant();
    return at != null && !now.isBefore(at) && now.isBefore(at.plus(FRESH));
  }

  private CompletableFuture<GateLook> begin() {
    CompletableFuture<GateLook> look = new CompletableFuture<>();
    Thread thread = new Thread(() -> look.complete(ended(look())), "dashboard gate");
    thread.setDaemon(true);
    thread.start();
    return look;
  }

  private synchronized GateLook ended(GateLook look) {
    last = look;
    underWay = null;
    return look;
  }

  private GateLook look() {
    try {
      List<GateView> gates = looking.look();
      return new GateLook(clock.instant(), false, null, gates);
    } catch (Failure failure) {
      return new GateLook(
          clock.instant(), false, failure.code() + ": " + failure.getMessage(), List.of());
    } catch (RuntimeException | Error e) {
      // Without the words: they may quote what was worked on.
      LOG.atError().addKeyValue("error", e.getClass().getName()).log("The gates were not read");
      return new GateLook(
          clock.instant(),
          false,
          "INTERNAL: the gates could not be read; see the log file.",
          List.of());
    }
  }
}
