package nl.veer.connectors.capture;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import nl.veer.connectors.event.LogId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds at what no event tells: whether the wave's tables and its topic are still
 * the same. A finding ends the run; a look that fails for any other reason is repeated. While
 * writes may be refused, for which nothing shall be done that can wait, looks are put off, but not
 * for long. Has a thread of its own, and opens a bounded connection for each look, so that nothing
 * holds it.
 */
final class WaveWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WaveWatch.class);

  /**
   * All others speak of the look's own connection: what is wrong with the wave, they do not say.
   */
  private static final Set<FailureKind> FINDINGS =
      Set.of(FailureKind.LOST_POSITION, FailureKind.SOURCE_DATA);

  /** So many looks in a row may be put off. */
  private static final int PUT_OFF = 3;

  /** A look at the source and the topic. */
  @FunctionalInterface
  interface Look {
    void look() throws SQLException;
  }

  private final LogId log;
  private final Look look;
  private final BooleanSupplier resting;
  private final ScheduledExecutorService executor;
  private volatile @Nullable Failure finding;
  private boolean failing;
  private int putOff;

  private WaveWatch(LogId log, Look look, BooleanSupplier resting) {
    this.log = log;
    this.look = look;
    this.resting = resting;
    this.executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "watch " + log);
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * @param resting whether looks are put off now
   */
  static WaveWatch start(LogId log, Duration rhythm, Look look, BooleanSupplier resting) {
    WaveWatch watch = new WaveWatch(log, look, resting);
    watch.executor.scheduleWithFixedDelay(
        watch::once, rhythm.toNanos(), rhythm.toNanos(), TimeUnit.NANOSECONDS);
    return watch;
  }

  /** What ends the run; null while all is well. */
  @Nullable Failure finding() {
    return finding;
  }

  private void once() {
    if (finding != null || isPutOff()) {
      return;
    }
    try {
      look.look();
      failing = false;
    } catch (Failure failure) {
      if (FINDINGS.contains(failure.kind())) {
        finding = failure;
      } else {
        warn(failure);
      }
    } catch (SQLException | RuntimeException e) {
      warn(e);
    }
  }

  private boolean isPutOff() {
    boolean rests = putOff < PUT_OFF && resting.getAsBoolean();
    putOff = rests ? putOff + 1 : 0;
    return rests;
  }

  private void warn(Exception e) {
    if (!failing) {
      failing = true;
      LOG.atWarn()
          .addKeyValue("wave", log)
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
