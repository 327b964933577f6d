package nl.veer.connectors.failure;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a question of a server from time to time without making its owner wait for the answer: the
 * owner passes by often, and takes what has come since. Owned by one thread, but for the question,
 * which is asked on another.
 */
public final class RegularLook<T> implements AutoCloseable {
  private final Supplier<T> question;
  private final long intervalNanos;
  private final LongSupplier nanos;
  private final Executor executor;
  private final Runnable end;
  private long asked;
  private @Nullable CompletableFuture<T> running;

  /**
   * @param interval between an answer and the next question; the first is asked after it
   * @param executor asks
   * @param end lets go of it
   */
  public RegularLook(
      Supplier<T> question,
      Duration interval,
      LongSupplier nanos,
      Executor executor,
      Runnable end) {
    this.question = question;
    this.intervalNanos = interval.toNanos();
    this.nanos = nanos;
    this.executor = executor;
    this.end = end;
    this.asked = nanos.getAsLong();
  }

  /** Asks on a daemon thread of its own, which ends with the first {@link #close}. */
  public static <T> RegularLook<T> aside(String name, Supplier<T> question, Duration interval) {
    ExecutorService thread =
        Executors.newSingleThreadExecutor(
            look -> {
              Thread made = new Thread(look, name);
              made.setDaemon(true);
              return made;
            });
    return new RegularLook<>(question, interval, System::nanoTime, thread, thread::shutdownNow);
  }

  /**
   * What came of a question since this was called last, if anything; never waits. Asks the next one
   * when it is due.
   *
   * @throws RuntimeException what the question threw
   */
  public Optional<T> fresh() {
    if (running == null && nanos.getAsLong() - asked > intervalNanos) {
      running = CompletableFuture.supplyAsync(question, executor);
    }
    CompletableFuture<T> look = running;
    if (look == null || !look.isDone()) {
      return Optional.empty();
    }
    restart();
    try {
      return Optional.of(look.join());
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException thrown
          ? thrown
          : new IllegalStateException(Objects.requireNonNull(e.getCause()));
    }
  }

  /** Its owner knows by itself: what is being asked is too old, and the next question has time. */
  public void restart() {
    running = null;
    asked = nanos.getAsLong();
  }

  /** Its owner begins something that is in a hurry: the next question has at least this time. */
  public void notWithin(Duration time) {
    long earliest = nanos.getAsLong() + time.toNanos() - intervalNanos;
    if (earliest - asked > 0) {
      asked = earliest;
    }
  }

  @Override
  public void close() {
    end.run();
  }
}
