package nl.veer.control.dashboard.feed;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

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
  private final ExecutorService readers;

  /** The oldest first; guarded by itself. */
  private final Map<String, Answer> kept = new LinkedHashMap<>();

  private record Answer(CompletableFuture<Object> value, Instant asked, Duration fresh) {
    boolean isOf(Instant now) {
      Duration kept =
          value.isCompletedExceptionally() && fresh.compareTo(NO_ANSWER) > 0 ? NO_ANSWER : fresh;
      // After a clock is set back, what was asked later than now is no answer for now.
      return !value.isDone() || !now.isBefore(asked) && now.isBefore(asked.plus(kept));
    }
  }

  public Answers(Clock clock) {
    this.clock = clock;
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            READERS,
            READERS,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            work -> {
              Thread thread = new Thread(work, "dashboard records");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    this.readers = pool;
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
    CompletableFuture<Object> value = new CompletableFuture<>();
    synchronized (kept) {
      Instant now = clock.instant();
      Answer before = kept.get(question);
      if (before != null && before.isOf(now)) {
        return before.value.thenApply(type::cast);
      }
      kept.remove(question);
      makeRoom();
      submit(value, reading);
      kept.put(question, new Answer(value, now, fresh));
    }
    return value.thenApply(type::cast);
  }

  private void submit(CompletableFuture<Object> value, Supplier<?> reading) {
    try {
      readers.execute(
          () -> {
            try {
              value.complete(reading.get());
            } catch (RuntimeException | Error e) {
              value.completeExceptionally(e);
            }
          });
    } catch (RejectedExecutionException e) {
      throw new Failure(
          FailureKind.TRANSIENT,
          "DASHBOARD_BUSY",
          "The dashboard is asked more than it can read. Ask again in some seconds.",
          e);
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
    readers.shutdownNow();
  }
}
