package nl.veer.replicator.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import nl.veer.connectors.failure.BareTrace;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import org.jspecify.annotations.Nullable;

/**
 * Runs a load's workers side by side; the first failure lets the others end after their portion.
 */
final class LoadWorkers {
  private final LoadConfig config;
  private final StopSignal stop;
  private final Supplier<LoadWorker> worker;

  LoadWorkers(LoadConfig config, StopSignal stop, Supplier<LoadWorker> worker) {
    this.config = config;
    this.stop = stop;
    this.worker = worker;
  }

  /** Returns when all workers have ended; throws the first failure. */
  void run() {
    AtomicBoolean failed = new AtomicBoolean();
    BooleanSupplier goesOn = () -> !failed.get() && !stop.isRaised();
    ExecutorService threads =
        Executors.newFixedThreadPool(
            config.workers(), task -> new Thread(task, "veer-load-" + config.wave()));
    List<Future<?>> workers = new ArrayList<>();
    for (int i = 0; i < config.workers(); i++) {
      workers.add(
          threads.submit(
              () -> {
                try {
                  worker.get().run(goesOn);
                } catch (RuntimeException | Error e) {
                  failed.set(true);
                  throw e;
                }
              }));
    }
    threads.shutdown();
    throwFirst(workers);
  }

  private static void throwFirst(List<Future<?>> workers) {
    Failure first = null;
    for (Future<?> one : workers) {
      Failure failure = outcome(one);
      first = first == null ? failure : first;
    }
    if (first != null) {
      throw first;
    }
  }

  private static @Nullable Failure outcome(Future<?> worker) {
    try {
      worker.get();
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Failure(FailureKind.TRANSIENT, "INTERRUPTED", "The load was interrupted.", e);
    } catch (ExecutionException e) {
      return e.getCause() instanceof Failure failure
          ? failure
          : new Failure(
              FailureKind.BUG,
              "LOAD",
              "A load's worker failed: " + BareTrace.named(e.getCause()),
              e);
    }
  }
}
