package nl.veer.control.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All meters of one name. What is not shown again is taken out of the registry: a value of a leg
 * that is over does not stand frozen. Guarded by its owner's lock.
 */
final class Family {
  private final MeterRegistry registry;
  private final Measure<?> measure;
  private final Map<Tags, Shown> shown = new HashMap<>();

  private static final class Shown {
    private volatile double value;
    private final Meter meter;

    Shown(MeterRegistry registry, Measure<?> measure, Tags tags) {
      String unit = measure.unit().isEmpty() ? null : measure.unit();
      this.meter =
          measure.counts()
              ? FunctionCounter.builder(measure.name(), this, one -> one.value)
                  .tags(tags)
                  .baseUnit(unit)
                  .description(measure.help())
                  .register(registry)
              : Gauge.builder(measure.name(), this, one -> one.value)
                  .tags(tags)
                  .baseUnit(unit)
                  .description(measure.help())
                  .register(registry);
    }
  }

  Family(MeterRegistry registry, Measure<?> measure) {
    this.registry = registry;
    this.measure = measure;
  }

  /** These, and no others. */
  void show(List<Sample> samples) {
    Set<Tags> now = new HashSet<>();
    for (Sample sample : samples) {
      if (!Double.isNaN(sample.value())) {
        now.add(sample.tags());
        shown.computeIfAbsent(sample.tags(), tags -> new Shown(registry, measure, tags)).value =
            sample.value();
      }
    }
    shown
        .entrySet()
        .removeIf(
            one -> {
              boolean gone = !now.contains(one.getKey());
              if (gone) {
                registry.remove(one.getValue().meter);
              }
              return gone;
            });
  }
}
