package nl.veer.control.leg;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import nl.veer.control.alert.Alerting;
import nl.veer.control.config.AlertsConfig;
import nl.veer.control.config.SampleConfigs;
import nl.veer.control.health.Health;
import nl.veer.control.metrics.LastGates;
import nl.veer.control.metrics.Scrape;
import nl.veer.control.metrics.VeerMetrics;
import nl.veer.control.reading.Readings;
import nl.veer.control.reading.RunReader;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.MigrationRun;

/** A run that is watched as {@code veer run} watches its own, at a pace for tests. */
final class WatchedRun implements AutoCloseable {
  private static final Duration PACE = Duration.ofMillis(100);

  private final Alerting alerting = Alerting.start(SampleConfigs.shop(AlertsConfig.standard()));
  private final Readings readings;
  private final VeerMetrics metrics;
  final Health health;

  WatchedRun(Migration migration, MigrationRun run) {
    Clock clock = Clock.systemUTC();
    this.readings = Readings.start(new RunReader("it", migration, run), List.of(alerting), PACE);
    this.metrics = new VeerMetrics("it", readings, new LastGates(), alerting::figures, clock);
    this.health = new Health(readings, alerting::figures, clock);
  }

  Scrape scrape() {
    return new Scrape(metrics.scrape());
  }

  @Override
  public void close() {
    readings.close();
    alerting.close();
    metrics.close();
  }
}
