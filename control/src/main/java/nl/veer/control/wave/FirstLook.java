package nl.veer.control.wave;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.Pauses;
import nl.veer.connectors.failure.Retrying;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.config.VeerConfig;
import org.jspecify.annotations.Nullable;

/**
 * A role's first look at its source. A server that is starting, or not reachable for a moment, is
 * waited for, as a role that runs already would; but not for long, for an address that was never
 * right looks the same. Whatever does not pass by itself ends the look at once. Owned by one
 * thread.
 */
public final class FirstLook {
  /** For a source that was there before, so its address is right. */
  public static final Duration WITHOUT_END = Duration.ofDays(3_650);

  private static final Pauses PAUSES =
      new Pauses(
          Duration.ofMillis(250),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2));

  /** As quickly a stop is noticed, whatever the look at the server waits for. */
  private static final Duration PACE = Duration.ofMillis(50);

  private final Duration patience;
  private final StopSignal stop;
  private final Consumer<String> say;
  private final LongSupplier nanoClock;
  private final Pauses pauses;

  /**
   * @param patience how long a source is waited for
   * @param say told once, in a line, what is waited for
   */
  public FirstLook(Duration patience, StopSignal stop, Consumer<String> say) {
    this(patience, stop, say, System::nanoTime, PAUSES);
  }

  FirstLook(
      Duration patience,
      StopSignal stop,
      Consumer<String> say,
      LongSupplier nanoClock,
      Pauses pauses) {
    this.patience = patience;
    this.stop = stop;
    this.say = say;
    this.nanoClock = nanoClock;
    this.pauses = pauses;
  }

  /**
   * The migration as its source says it; empty if asked to stop before it answered.
   *
   * @throws Failure CONFIGURATION if the source cannot be read, or not in time
   */
  public Optional<Migration> at(VeerConfig config) {
    return answer(() -> Migration.of(config));
  }

  <T> Optional<T> answer(Supplier<T> look) {
    // A look may hang in the network; it only reads, so a stop leaves it behind.
    CompletableFuture<Optional<T>> answer =
        CompletableFuture.supplyAsync(() -> patient(look), FirstLook::aside);
    while (!answer.isDone()) {
      if (stop.await(PACE)) {
        return Optional.empty();
      }
    }
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof Failure failure ? failure : e;
    }
  }

  private static void aside(Runnable look) {
    Thread thread = new Thread(look, "first look");
    thread.setDaemon(true);
    thread.start();
  }

  private <T> Optional<T> patient(Supplier<T> look) {
    AtomicReference<@Nullable T> found = new AtomicReference<>();
    Wait wait = new Wait(nanoClock.getAsLong());
    new Retrying(stop, wait::tell, pauses)
        .untilDone(
            () -> {
              try {
                found.set(look.get());
              } catch (Failure failure) {
                throw wait.isOver() ? lasting(failure) : failure;
              }
            });
    return Optional.ofNullable(found.get());
  }

  private Failure lasting(Failure failure) {
    if (failure.kind() != FailureKind.TRANSIENT) {
      return failure;
    }
    return new Failure(
        FailureKind.CONFIGURATION,
        failure.code(),
        failure.getMessage() + " It was waited for " + patience.toSeconds() + " s.",
        failure);
  }

  /** One wait, from its first failure on. */
  private final class Wait {
    private final long since;
    private boolean told;

    Wait(long since) {
      this.since = since;
    }

    boolean isOver() {
      return nanoClock.getAsLong() - since >= patience.toNanos();
    }

    void tell(Failure failure) {
      if (!told) {
        told = true;
        say.accept(
            "Waiting for it%s: %s"
                .formatted(
                    patience.equals(WITHOUT_END)
                        ? ""
                        : ", at most %d s".formatted(patience.toSeconds()),
                    failure.getMessage()));
      }
    }
  }
}
