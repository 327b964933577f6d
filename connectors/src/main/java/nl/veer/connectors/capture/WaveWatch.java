package nl.veer.connectors.capture;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds at what no event tells: whether the wave's tables and its topic are still
 * the same. A finding ends the run; a look that fails for want of a connection is repeated. Has a
 * thread of its own, and opens a bounded connection for each look, so that nothing holds it.
 */
final class WaveWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WaveWatch.class);
  private static final Duration RHYTHM = Duration.ofSeconds(5);

  /** A look at the source and the topic. */
  @FunctionalInterface
  interface Look {
    void look() throws SQLException;
  }

  private final WaveId wave;
  private final Look look;
  private final ScheduledExecutorService executor;
  private volatile @Nullable Failure finding;
  private boolean failing;

  private WaveWatch(WaveId wave, Look look) {
    this.wave = wave;
    this.look = look;
    this.executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "watch " + wave);
              thread.setDaemon(true);
              return thread;
            });
  }

  static WaveWatch start(WaveId wave, Look look) {
    return start(wave, RHYTHM, look);
  }

  static WaveWatch start(WaveId wave, Duration rhythm, Look look) {
    WaveWatch watch = new WaveWatch(wave, look);
    watch.executor.scheduleWithFixedDelay(
        watch::once, rhythm.toNanos(), rhythm.toNanos(), TimeUnit.NANOSECONDS);
    return watch;
  }

  /** What ends the run; null while all is well. */
  @Nullable Failure finding() {
    return finding;
  }

  private void once() {
    if (finding != null) {
      return;
    }
    try {
      look.look();
      failing = false;
    } catch (Failure failure) {
      if (failure.kind() == FailureKind.TRANSIENT) {
        warn(failure);
      } else {
        finding = failure;
      }
    } catch (SQLException | RuntimeException e) {
      warn(e);
    }
  }

  private void warn(Exception e) {
    if (!failing) {
      failing = true;
      LOG.atWarn()
          .addKeyValue("wave", wave)
          .addKeyValue("cause", e.getClass().getSimpleName())
          .log("The wave's tables and topic could not be looked at; trying again");
    }
  }

  /** Ends it; a look under way ends by its own bounds. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
