package nl.veer.verifier.scan;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.verifier.scan.Settlement.Unjudged;
import nl.veer.verifier.scan.postgres.ScanSession;
import nl.veer.verifier.scan.postgres.ScanTable;
import nl.veer.verifier.scan.postgres.StampReading;
import nl.veer.verifier.verdict.Cuts;
import nl.veer.verifier.verdict.SourceCut;
import nl.veer.verifier.verdict.TargetCut;
import nl.veer.verifier.verdict.TargetCut.Applied;
import nl.veer.verifier.verdict.UnknownReason;
import org.jspecify.annotations.Nullable;

/**
 * A session on each side. Both are asked the same at once, each in a state that it keeps for the
 * question: the target's first, so that the source is never behind what the target holds. After a
 * failure both must be closed. Owned by one thread; only {@link #cancel} may come from another.
 */
final class Sides implements AutoCloseable {
  private final ScanSession source;
  private final ScanSession target;
  private final boolean still;
  private final @Nullable WaveId wave;
  private final Pace pace;
  private final StopSignal stop;
  private final ExecutorService beside;

  /** The one state of each side, where both stand still; null before the first question. */
  private ScanSession.@Nullable Seen here;

  private ScanSession.@Nullable Seen there;

  /**
   * @param still whether one state of each side serves for all questions
   * @param wave the wave whose stamp is read with each look; null for two databases without one
   */
  Sides(
      SessionPairs.Pair sessions,
      boolean still,
      @Nullable WaveId wave,
      Pace pace,
      StopSignal stop) {
    this.pace = pace;
    this.stop = stop;
    this.source = sessions.source();
    this.target = sessions.target();
    this.still = still;
    this.wave = wave;
    this.beside =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "scan target");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** What is asked of each side. */
  interface Question<T> {
    T of(ScanSession session);
  }

  /** Both answers, and where they were given. */
  record Answers<T>(Cuts cuts, T source, T target) {}

  /**
   * @throws Unjudged if the target's copy of the table is not whole yet, or nobody wants to know
   */
  <T> Answers<T> ask(ScanTable table, Question<T> question) throws Unjudged {
    if (stop.isRaised()) {
      throw stopped();
    }
    Cuts cuts = cuts(table);
    CompletableFuture<T> answer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                T asked = question.of(target);
                // Not held for as long as the other side takes.
                over(target);
                return asked;
              } catch (RuntimeException e) {
                source.cancel();
                throw e;
              }
            },
            beside);
    T own;
    try {
      own = question.of(source);
      over(source);
    } catch (RuntimeException e) {
      target.cancel();
      throw first(answer, e);
    }
    return new Answers<>(cuts, own, await(answer));
  }

  private Cuts cuts(ScanTable table) throws Unjudged {
    ScanSession.Seen atTarget = there == null ? target.begin() : there;
    Applied applied = wave == null ? null : applied(wave, table);
    ScanSession.Seen atSource = here == null ? source.begin() : here;
    if (still) {
      there = atTarget;
      here = atSource;
    }
    return new Cuts(
        new SourceCut(atSource.snapshot(), atSource.position()),
        new TargetCut(atTarget.snapshot(), atTarget.position(), applied),
        !atSource.standby() && !atTarget.standby());
  }

  private void over(ScanSession session) {
    if (!still) {
      session.end();
    }
  }

  /** So many rows of each side were read: waits until they fit the pace. */
  void took(long rows) {
    pace.took(rows, stop);
  }

  static Unjudged stopped() {
    return new Unjudged(UnknownReason.STOPPED, "The scan was stopped.");
  }

  private Applied applied(WaveId of, ScanTable table) throws Unjudged {
    StampReading stamp = StampReading.of(target, of, table.id());
    Applied applied = stamp.applied();
    if (applied == null || !stamp.loaded()) {
      target.end();
      throw new Unjudged(
          UnknownReason.BEHIND,
          "Table " + table.id() + " is not loaded, or not caught up with its load.");
    }
    return applied;
  }

  /** One side's failure cancels the other: the one that was there first is told. */
  private static <T> RuntimeException first(CompletableFuture<T> answer, RuntimeException own) {
    try {
      answer.join();
      return own;
    } catch (CompletionException e) {
      boolean cancelled = own instanceof Failure failure && isCancelled(failure);
      return cancelled && e.getCause() instanceof RuntimeException other ? other : own;
    }
  }

  private static boolean isCancelled(Failure failure) {
    return String.valueOf(failure.getMessage()).contains("57014");
  }

  private static <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Ends what is being asked with an error. */
  void cancel() {
    source.cancel();
    target.cancel();
  }

  @Override
  public void close() {
    beside.shutdown();
    source.close();
    target.close();
  }
}
