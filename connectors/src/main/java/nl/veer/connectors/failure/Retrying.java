package nl.veer.connectors.failure;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The one place that repeats a step after a failure. The failure's kind decides: TRANSIENT is
 * repeated with a pause that doubles (with jitter, so that roles do not knock in step); an incident
 * is looked at again after a longer pause, for somebody may have mended its cause; anything else is
 * thrown on. {@link Pauses} says how long. Each earlier failure is reported as it happens. A thread
 * that is interrupted ends as if it had been asked to stop.
 *
 * <p>Owned by the thread that runs the steps; {@link #progressed} may come from any.
 */
public final class Retrying {

  /** A step that can be repeated after it failed. */
  @FunctionalInterface
  public interface Step {
    void run() throws Failure;
  }

  private final StopSignal stop;
  private final Consumer<Failure> report;
  private final Pauses pauses;
  private final AtomicBoolean progressed = new AtomicBoolean();
  private Duration pause;
  private Duration incidentPause;

  /**
   * @param report told of every failure that will be retried, before the pause
   */
  public Retrying(StopSignal stop, Consumer<Failure> report) {
    this(stop, report, Pauses.standard());
  }

  public Retrying(StopSignal stop, Consumer<Failure> report, Pauses pauses) {
    this.stop = stop;
    this.report = report;
    this.pauses = pauses;
    this.pause = pauses.first();
    this.incidentPause = pauses.firstIncident();
  }

  /**
   * Runs the step until it ends without a failure, the stop signal is raised, or this thread is
   * interrupted.
   */
  public void untilDone(Step step) {
    while (!stop.isRaised() && !Thread.currentThread().isInterrupted()) {
      try {
        step.run();
        progressed();
        return;
      } catch (Failure failure) {
        if (progressed.getAndSet(false)) {
          pause = pauses.first();
          incidentPause = pauses.firstIncident();
        }
        switch (failure.kind().reaction()) {
          case STOP -> throw failure;
          case RETRY -> {
            report.accept(failure);
            stop.await(jittered(pause));
            pause = doubled(pause, pauses.longest());
          }
          case INCIDENT -> {
            report.accept(failure);
            stop.await(incidentPause);
            incidentPause = doubled(incidentPause, pauses.longestIncident());
          }
        }
      }
    }
  }

  /** The step made progress: the next pause is short again. */
  public void progressed() {
    progressed.set(true);
  }

  private static Duration doubled(Duration pause, Duration longest) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(longest) > 0 ? longest : doubled;
  }

  private static Duration jittered(Duration pause) {
    long millis = pause.toMillis();
    return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
  }
}
