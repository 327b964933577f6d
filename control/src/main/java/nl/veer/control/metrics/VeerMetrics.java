package nl.veer.control.metrics;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import nl.veer.control.alert.AlertFigures;
import nl.veer.control.reading.MigrationReading;
import nl.veer.control.reading.Readings;
import nl.veer.control.reading.WaveReading;

/**
 * The metrics of this process, to be served as they are scraped. A scrape asks no role and no
 * database: it shows the last reading, and nothing of the waves once that is stale. Safe for use by
 * several threads.
 */
public final class VeerMetrics implements AutoCloseable {
  /** Of what {@link #scrape} returns. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collector = new JvmGcMetrics();
  private final Readings readings;
  private final Supplier<AlertFigures> alerts;
  private final Clock clock;
  private final Map<Measure<WaveReading>, Family> waves = new LinkedHashMap<>();
  private final Map<Measure<AlertFigures>, Family> process = new LinkedHashMap<>();
  private final Family age;
  private final Family follower;

  /**
   * @param migration its name, on every metric
   * @param alerts what fires, and what became of the messages
   */
  public VeerMetrics(
      String migration,
      Readings readings,
      GateSource gates,
      Supplier<AlertFigures> alerts,
      Clock clock) {
    this.readings = readings;
    this.alerts = alerts;
    this.clock = clock;
    registry.config().commonTags("migration", migration);
    List<Measure<WaveReading>> all = new ArrayList<>(CarryMeasures.all());
    all.addAll(new ProofMeasures(clock::instant).all());
    all.addAll(new SideMeasures(clock::instant, gates).all());
    all.forEach(measure -> waves.put(measure, new Family(registry, measure)));
    AlertMeasures.all().forEach(measure -> process.put(measure, new Family(registry, measure)));
    this.age = family("veer.reading.age.seconds", "Since what the roles do was last read.");
    this.follower =
        family(
            "veer.follower.silence.seconds",
            "Since this process last looked which leg each wave is on.");
    bindProcess();
  }

  private Family family(String name, String help) {
    return new Family(registry, Measure.gauge(name, "seconds", help, any -> List.of()));
  }

  private void bindProcess() {
    new ClassLoaderMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collector.bindTo(registry);
  }

  /** All metrics now, as {@link #CONTENT_TYPE}. */
  public synchronized String scrape() {
    Instant now = clock.instant();
    List<WaveReading> known = readings.fresh(now).map(MigrationReading::waves).orElse(List.of());
    waves.forEach((measure, family) -> family.show(samples(measure, known)));
    AlertFigures figures = alerts.get();
    process.forEach((measure, family) -> family.show(measure.samples().apply(figures)));
    age.show(Sample.one(Sample.seconds(readings.silence(now))));
    follower.show(
        Sample.one(
            readings
                .fresh(now)
                .map(reading -> Sample.seconds(reading.followerSilence()))
                .orElse(Double.NaN)));
    return registry.scrape();
  }

  private static List<Sample> samples(Measure<WaveReading> measure, List<WaveReading> known) {
    List<Sample> samples = new ArrayList<>();
    for (WaveReading wave : known) {
      String leg = wave.isHeard() ? Integer.toString(wave.leg()) : "";
      Tags tags = Tags.of("wave", wave.wave(), "leg", leg);
      measure.samples().apply(wave).forEach(sample -> samples.add(sample.with(tags)));
    }
    return samples;
  }

  @Override
  public void close() {
    collector.close();
    registry.close();
  }
}
