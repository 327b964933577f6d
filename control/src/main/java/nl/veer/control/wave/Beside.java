package nl.veer.control.wave;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import nl.veer.connectors.failure.BareTrace;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/**
 * Work on a thread of its own, beside its owner's. It is over when this is closed: nobody undoes
 * what is still being done.
 */
public final class Beside implements AutoCloseable {
  private final CompletableFuture<Void> work;

  private Beside(CompletableFuture<Void> work) {
    this.work = work;
  }

  /** Nothing. */
  public static Beside nothing() {
    return new Beside(CompletableFuture.completedFuture(null));
  }

  public static Beside of(String name, Runnable work) {
    return new Beside(
        CompletableFuture.runAsync(
            work,
            run -> {
              Thread thread = new Thread(run, name);
              thread.setDaemon(true);
              thread.start();
            }));
  }

  /**
   * Waits for its end.
   *
   * @throws Failure that it ended with
   */
  public void join() {
    try {
      work.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Failure failure) {
        throw failure;
      }
      throw new Failure(
          FailureKind.BUG, "UNEXPECTED", "Unexpected: " + BareTrace.named(e.getCause()), e);
    }
  }

  /** Waits for its end, whatever that is. */
  @Override
  public void close() {
    boolean interrupted = false;
    while (!work.isDone()) {
      try {
        work.get();
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        break;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
