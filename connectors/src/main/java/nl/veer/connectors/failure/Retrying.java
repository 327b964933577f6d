package nl.veer.connectors.failure;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * The one place that repeats a step after a failure. The failure's kind decides: TRANSIENT is
 * repeated with a pause that doubles from 100 ms to 10 s (with jitter, so that roles do not knock
 * in step); an incident is looked at again every 5 s, for somebody may have mended its cause;
 * anything else is thrown on. Each earlier failure is reported as it happens.
 */
public final class Retrying {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration INCIDENT_PAUSE = Duration.ofSeconds(5);

  /** A step that can be repeated after it failed. */
  @FunctionalInterface
  public interface Step {
    void run() throws Failure;
  }

  private final StopSignal stop;
  private final Consumer<Failure> report;
  private Duration pause = FIRST_PAUSE;

  /**
   * @param report told of every failure that will be retried, before the pause
   */
  public Retrying(StopSignal stop, Consumer<Failure> report) {
    this.stop = stop;
    this.report = report;
  }

  /** Runs the step until it ends without a failure, or the stop signal is raised. */
  public void untilDone(Step step) {
    while (!stop.isRaised()) {
      try {
        step.run();
        pause = FIRST_PAUSE;
        return;
      } catch (Failure failure) {
        switch (failure.kind().reaction()) {
          case STOP -> throw failure;
          case RETRY -> {
            report.accept(failure);
            stop.await(jittered(pause));
            pause = longer(pause);
          }
          case INCIDENT -> {
            report.accept(failure);
            stop.await(INCIDENT_PAUSE);
          }
        }
      }
    }
  }

  /** The step made progress: the next pause is short again. */
  public void progressed() {
    pause = FIRST_PAUSE;
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  private static Duration jittered(Duration pause) {
    long millis = pause.toMillis();
    return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
  }
}
