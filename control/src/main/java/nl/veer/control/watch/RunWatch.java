package nl.veer.control.watch;

import java.time.Clock;
import java.util.List;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.alert.Alerting;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.health.Health;
import nl.veer.control.metrics.LastGates;
import nl.veer.control.metrics.VeerMetrics;
import nl.veer.control.reading.Readings;
import nl.veer.control.reading.RunReader;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.MigrationRun;

/**
 * Watches the roles of a process for as long as they run, and tells people what is wrong. Whoever
 * serves HTTP takes its parts from here: {@link #metrics} for {@code /metrics}, {@link #health} for
 * {@code /health/live} and {@code /health/ready}. A role never waits for any of it. Safe for use by
 * several threads.
 */
public final class RunWatch implements AutoCloseable {
  private final LastGates gates = new LastGates();
  private final Alerting alerting;
  private final Readings readings;
  private final VeerMetrics metrics;
  private final Health health;

  private RunWatch(VeerConfig config, Migration migration, MigrationRun run) {
    Clock clock = Clock.systemUTC();
    this.alerting = Alerting.start(config);
    this.readings =
        Readings.start(
            new RunReader(config.migration(), migration, run), List.of(alerting), Readings.PACE);
    this.metrics = new VeerMetrics(config.migration(), readings, gates, alerting::figures, clock);
    this.health = new Health(readings, alerting::figures, clock);
  }

  public static RunWatch start(VeerConfig config, Migration migration, MigrationRun run) {
    return new RunWatch(config, migration, run);
  }

  /** To be scraped. */
  public VeerMetrics metrics() {
    return metrics;
  }

  /** To be asked whether this process lives, and whether it is ready. */
  public Health health() {
    return health;
  }

  /** The last reading of what the roles do. */
  public Readings readings() {
    return readings;
  }

  /** Whoever asks a gate keeps its answer here, so that metrics have it. */
  public LastGates gates() {
    return gates;
  }

  /** The run has ended with this; somebody is told before the process ends. */
  public void ended(Failure failure) {
    alerting.ended(failure, Clock.systemUTC().instant());
  }

  @Override
  public void close() {
    readings.close();
    alerting.close();
    metrics.close();
  }
}
