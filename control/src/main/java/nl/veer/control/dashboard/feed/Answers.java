package nl.veer.control.dashboard.feed;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.dashboard.work.FewThreads;

/**
 * Gives the same answer to all who ask the same within some seconds, and reads it once; also where
 * there was none. Few readings are under way at a time, few wait, and the rest is refused. Safe for
 * use by several threads.
 */
public final class Answers implements AutoCloseable {
  /** So many sessions the dashboard opens at once, whatever browsers want. */
  private static final int READERS = 4;

  /** Who would wait behind more than these has gone before it is read. */
  private static final int WAITING = 64;

  /** Pages of records, a hundred rows each. */
  private static final int KEPT = 128;

  /** That there is no answer is not given for longer than this. */
  private static final Duration NO_ANSWER = Duration.ofSeconds(2);

  private final Clock clock;
  private final FewThreads readers;

  /** The oldest first; guarded by itself. */
  private final Map<String, Answer> kept = new LinkedHashMap<>();

  private record Answer(CompletableFuture<?> value, Instant asked, Duration fresh) {
    boolean isOf(Instant now) {
      Duration kept =
          value.isCompletedExceptionally() && fresh.compareTo(NO_ANSWER) > 0 ? NO_ANSWER : fresh;
      // After a clock is set back, what was asked later than now is no answer for now.
      return !value.isDone() || !now.isBefore(asked) && now.isBefore(asked.plus(kept));
    }
  }

  public Answers(Clock clock) {
    this.clock = clock;
    this.readers =
        new FewThreads(
            "dashboard records",
            READERS,
            WAITING,
            "The dashboard is asked more than it can read. Ask again in some seconds.");
  }

  /**
   * The answer, which ends with the reading's own failure where there is none.
   *
   * @param question all that the answer depends on
   * @param fresh for how long it is given again
   * @throws Failure TRANSIENT if too much waits already
   */
  public <T> CompletableFuture<T> ask(
      String question, Class<T> type, Duration fresh, Supplier<T> reading) {
    synchronized (kept) {
      Instant now = clock.instant();
      Answer before = kept.get(question);
      if (before != null && before.isOf(now)) {
        return before.value.thenApply(type::cast);
      }
      kept.remove(question);
      makeRoom();
      CompletableFuture<T> value = readers.ask(reading);
      kept.put(question, new Answer(value, now, fresh));
      return value.thenApply(type::cast);
    }
  }

  /** One that is not there yet is in use. */
  private void makeRoom() {
    if (kept.size() >= KEPT) {
      kept.values().stream()
          .filter(answer -> answer.value.isDone())
          .findFirst()
          .ifPresent(kept.values()::remove);
    }
  }

  /** What is being read is not waited for. */
  @Override
  public void close() {
    readers.close();
  }
}
