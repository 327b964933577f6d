package nl.veer.verifier.scan;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.BareTrace;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.verifier.scan.Settlement.Unjudged;
import nl.veer.verifier.scan.postgres.KeyRange;
import nl.veer.verifier.scan.postgres.RowHash;
import nl.veer.verifier.verdict.UnknownReason;
import org.jspecify.annotations.Nullable;

/**
 * Threads that compare chunks, each with sessions of its own. A chunk that fails for a reason that
 * may pass is tried again from its begin, on new sessions; one that fails for good fails its table.
 */
final class Workers implements AutoCloseable {
  /** The walk is a little ahead, not more: bounds grow old. */
  private static final int AHEAD = 4;

  private static final int TRIES = 3;
  private static final java.time.Duration PAUSE = java.time.Duration.ofMillis(500);
  private static final long LOOK_MILLIS = 100;

  private final SessionPairs sessions;
  private final @Nullable WaveId wave;
  private final RowHash hash;
  private final Settlement settlement;
  private final Brake brake;
  private final StopSignal stop;
  private final Clock clock;
  private final Pace pace;
  private final BlockingQueue<Optional<Task>> tasks = new ArrayBlockingQueue<>(AHEAD);
  private final Set<Sides> asking = ConcurrentHashMap.newKeySet();
  private final List<Thread> threads = new ArrayList<>();

  /** A chunk to compare. */
  record Task(TableTally tally, long chunk, KeyRange range) {}

  Workers(
      ScanConfig config,
      SessionPairs sessions,
      @Nullable WaveId wave,
      RowHash hash,
      Settlement settlement,
      Brake brake,
      StopSignal stop,
      Clock clock) {
    this.sessions = sessions;
    this.wave = wave;
    this.hash = hash;
    this.settlement = settlement;
    this.brake = brake;
    this.stop = stop;
    this.clock = clock;
    this.pace = new Pace(config.rowsPerSecond());
    for (int i = 1; i <= config.workers(); i++) {
      Thread thread = new Thread(this::work, "scan " + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  /** Waits for a free place, unless asked to stop. */
  void give(Task task) {
    offer(Optional.of(task));
  }

  /** Nothing is the sign for one worker that there will be no more. */
  private void offer(Optional<Task> task) {
    try {
      while (!stop.isRaised()) {
        if (tasks.offer(task, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until all that was given is done. */
  void finish() {
    threads.forEach(thread -> offer(Optional.empty()));
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop.raise();
    }
  }

  void cancel() {
    asking.forEach(Sides::cancel);
  }

  private void work() {
    Sides sides = null;
    try {
      while (!stop.isRaised()) {
        Optional<Task> task = tasks.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (task != null && task.isEmpty()) {
          return;
        }
        if (task != null) {
          sides = judged(task.get(), sides);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close(sides);
    }
  }

  /** The sessions to go on with; null if they were closed. */
  private @Nullable Sides judged(Task task, @Nullable Sides open) {
    TableTally tally = task.tally;
    if (tally.isFailed()) {
      return open;
    }
    Sides sides = open;
    brake.await(stop);
    for (int tried = 1; ; tried++) {
      try {
        if (sides == null) {
          sides = open();
        }
        Instant at = clock.instant();
        ChunkOutcome outcome =
            new ChunkScan(sides, settlement, tally.table(), task.range, tally.budget(), stop).run();
        tally.done(task.chunk, task.range, outcome, at);
        return sides;
      } catch (Unjudged e) {
        tally.failed(e.reason(), String.valueOf(e.getMessage()));
        close(sides);
        return null;
      } catch (Failure e) {
        close(sides);
        sides = null;
        // What nobody uses may be broken as well.
        sessions.close();
        if (stop.isRaised()) {
          tally.failed(UnknownReason.STOPPED, "The scan was stopped.");
          return null;
        }
        if (e.kind() != FailureKind.TRANSIENT || tried >= TRIES) {
          tally.failed(UnknownReason.ERROR, String.valueOf(e.getMessage()));
          return null;
        }
        stop.await(PAUSE);
      } catch (RuntimeException | Error e) {
        close(sides);
        tally.failed(UnknownReason.ERROR, "Unexpected, please report: " + BareTrace.named(e));
        return null;
      }
    }
  }

  private Sides open() {
    Sides sides = new Sides(sessions.take(hash), settlement.standsStill(), wave, pace, stop);
    asking.add(sides);
    return sides;
  }

  private void close(@Nullable Sides sides) {
    if (sides != null) {
      asking.remove(sides);
      sides.close();
    }
  }

  /** Whoever did not come to {@link #finish} wants no more of it. */
  @Override
  public void close() {
    if (threads.stream().anyMatch(Thread::isAlive)) {
      stop.raise();
      cancel();
    }
  }
}
