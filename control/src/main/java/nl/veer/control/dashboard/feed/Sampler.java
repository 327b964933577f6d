package nl.veer.control.dashboard.feed;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.status.MigrationStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the history goes on while nobody looks: every ten seconds, on a thread of its
 * own. Where another reader of this process has read, that is taken and nobody is asked; else the
 * feed reads once.
 */
public final class Sampler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);

  /** What somebody else has read longer ago is no sample of now. */
  private static final Duration FRESH = History.STEP;

  private final StatusFeed feed;
  private final Supplier<Optional<MigrationStatus>> overheard;
  private final Clock clock;
  private final StopSignal stop = new StopSignal();

  private Sampler(StatusFeed feed, Supplier<Optional<MigrationStatus>> overheard, Clock clock) {
    this.feed = feed;
    this.overheard = overheard;
    this.clock = clock;
  }

  /**
   * Begins.
   *
   * @param overheard what another reader has read last; empty where there is none
   */
  public static Sampler start(
      StatusFeed feed, Supplier<Optional<MigrationStatus>> overheard, Clock clock) {
    Sampler sampler = new Sampler(feed, overheard, clock);
    Thread thread = new Thread(sampler::run, "dashboard history");
    thread.setDaemon(true);
    thread.start();
    return sampler;
  }

  private void run() {
    do {
      try {
        sample();
      } catch (RuntimeException | Error e) {
        // Without the words: they may quote what was worked on. The next one may do.
        LOG.atError().addKeyValue("error", e.getClass().getName()).log("A sample failed");
      }
    } while (!stop.await(History.STEP));
  }

  /** Returns at once: who reads is the feed's thread. */
  void sample() {
    Optional<MigrationStatus> heard = overheard.get();
    if (heard.isEmpty()) {
      feed.sample();
      return;
    }
    Instant at = Instant.parse(heard.get().at());
    if (Duration.between(at, clock.instant()).abs().compareTo(FRESH) <= 0) {
      feed.remember(at, heard.get());
    }
  }

  /** A sample under way is not waited for. */
  @Override
  public void close() {
    stop.raise();
  }
}
