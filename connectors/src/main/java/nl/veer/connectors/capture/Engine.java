package nl.veer.connectors.capture;

import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** One run of Debezium's engine, on a thread of its own. Owned by the capture's thread. */
final class Engine {
  /** How soon a stop is noticed. */
  private static final Duration LOOK = Duration.ofMillis(20);

  /** Debezium refuses to be closed while it starts; it is asked again until then. */
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(60);

  /** What still waits for a server so long after the end was asked for is cut off. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Outlet outlet;
  private final Runnable cut;
  private final DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;
  private final CompletableFuture<@Nullable Failure> outcome = new CompletableFuture<>();

  private boolean interruptedWhileClosing;

  /**
   * @param cut breaks what the engine and the outlet may wait for; may be called more than once
   */
  Engine(Properties settings, Outlet outlet, Runnable cut) {
    this.outlet = outlet;
    this.cut = cut;
    this.engine =
        DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
            .using(settings)
            .notifying(outlet)
            .using(
                (boolean success, @Nullable String message, @Nullable Throwable error) ->
                    completed(success, error))
            .build();
  }

  /**
   * Runs until the signal is raised or something ends the engine.
   *
   * @param finding what was found outside of the stream; not null ends the engine
   * @throws Failure what ended it
   */
  void run(StopSignal stop, Supplier<@Nullable Failure> finding, String name) {
    Thread thread = new Thread(this::work, "engine " + name);
    thread.setDaemon(true);
    thread.start();
    while (isWanted(finding) && !stop.await(LOOK)) {
      Thread.onSpinWait();
    }
    Failure found = finding.get();
    if (!outcome.isDone()) {
      cutLater(name);
      outlet.end();
      close();
    }
    boolean asked = stop.isRaised() || Thread.currentThread().isInterrupted();
    Failure ended = outcome.join();
    if (asked) {
      return;
    }
    if (found != null) {
      throw found;
    }
    throw ended != null ? ended : EngineFailures.endedUnasked();
  }

  /** An engine that fails while it is being closed complains of its own state, and throws that. */
  private void work() {
    try {
      engine.run();
    } catch (RuntimeException e) {
      completed(false, e);
    }
  }

  /** What the outlet refuses ends the engine, which takes its time for it if it is left alone. */
  private boolean isWanted(Supplier<@Nullable Failure> finding) {
    return !outcome.isDone() && finding.get() == null && outlet.failure() == null;
  }

  /** A silent server must not keep the end waiting; the log and the slot bear a cut at any time. */
  private void cutLater(String name) {
    Thread thread =
        new Thread(
            () -> {
              while (!ended(GRACE)) {
                cut.run();
              }
            },
            "engine end " + name);
    thread.setDaemon(true);
    thread.start();
  }

  private boolean ended(Duration patience) {
    try {
      outcome.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException | ExecutionException e) {
      return true;
    }
  }

  private void completed(boolean success, @Nullable Throwable error) {
    Failure refused = outlet.failure();
    if (refused != null) {
      outcome.complete(refused);
    } else {
      outcome.complete(success ? null : EngineFailures.of(error));
    }
  }

  /** An interrupt of this thread must not keep the engine from being closed. */
  private void close() {
    interruptedWhileClosing = Thread.interrupted();
    try {
      closeUninterrupted();
    } finally {
      if (interruptedWhileClosing) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void closeUninterrupted() {
    long deadline = System.nanoTime() + CLOSE_PATIENCE.toNanos();
    while (!outcome.isDone()) {
      try {
        engine.close();
      } catch (IllegalStateException starting) {
        // Not yet, or already: the outcome tells.
      } catch (IOException e) {
        throw EngineFailures.of(e);
      }
      if (awaitOutcome()) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new Failure(
            FailureKind.BUG, "ENGINE_HANGS", "Debezium's engine did not end in a minute.");
      }
    }
  }

  private boolean awaitOutcome() {
    try {
      outcome.get(100, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      interruptedWhileClosing = true;
      return outcome.isDone();
    } catch (ExecutionException e) {
      return true;
    }
  }
}
