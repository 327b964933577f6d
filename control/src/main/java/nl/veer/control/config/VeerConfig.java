package nl.veer.control.config;

import java.nio.file.Path;
import java.util.List;
import nl.veer.connectors.event.WaveId;
import org.jspecify.annotations.Nullable;

/** A migration, as {@code veer.yaml} describes it. */
public record VeerConfig(
    @Setting(
            value =
                "The migration's name; it is part of the name of every slot, publication and topic:"
                    + " 1 to 24 characters of a-z, 0-9 and _, beginning with a letter.",
            name = true)
        String migration,
    @Setting("The database that is moved away from.") DatabaseConfig source,
    @Setting("The database that is moved to; its schema must exist.") DatabaseConfig target,
    @Setting(
            value =
                "The Kafka that holds the log. If absent, `veer run` runs a broker and a registry of"
                    + " its own, whose data is kept in `data`.",
            optional = true)
        @Nullable KafkaConfig kafka,
    @Setting(value = "The schema registry; needed where `kafka` is given.", optional = true)
        @Nullable RegistryConfig registry,
    @Setting(
            value =
                "The waves: sets of tables that are captured, applied and cut over together. A table"
                    + " belongs to one wave at most.",
            min = 1)
        List<WaveConfig> waves,
    @Setting(value = "Bounds and rhythms; the defaults suit most.") TuningConfig tuning,
    @Setting("How what is carried over is proven.") VerificationConfig verification,
    @Setting("How writes are moved over, and what must hold before.") CutoverConfig cutover,
    @Setting("Where the dashboard listens, and who may look at it.") DashboardConfig dashboard,
    @Setting(
            "Where `veer capture`, `veer replicate` and `veer verify` serve metrics and health;"
                + " `veer run` does so beside the dashboard.")
        ObserveConfig observe,
    @Setting("When somebody is told that something is wrong, and how.") AlertsConfig alerts,
    @Setting(
            value =
                "Directory of Veer's own files: the log file, the process files and the embedded"
                    + " broker's data. Taken from the configuration file's directory.",
            byDefault = "veer-data")
        Path data) {

  public VeerConfig {
    waves = List.copyOf(waves);
    if (waves.stream().map(WaveConfig::name).distinct().count() < waves.size()) {
      throw new IllegalArgumentException("waves: two waves have the same name");
    }
    if (waves.size() > 1 && cutover.fence() == FenceStrategy.READ_ONLY) {
      throw new IllegalArgumentException(
          "cutover.fence: read-only fences the whole database, and so the writes of every wave; with"
              + " several waves take trigger or revoke");
    }
    observe.requireSafe(dashboard);
    if (kafka != null && registry == null) {
      throw new IllegalArgumentException("registry: needed where kafka is given");
    }
    if (kafka == null && registry != null) {
      throw new IllegalArgumentException(
          "kafka: needed where registry is given (without both, veer run brings its own)");
    }
  }

  /** The same with another dashboard. */
  public VeerConfig with(DashboardConfig other) {
    return new VeerConfig(
        migration,
        source,
        target,
        kafka,
        registry,
        waves,
        tuning,
        verification,
        cutover,
        other,
        observe,
        alerts,
        data);
  }

  /** The wave's full name. */
  public WaveId id(WaveConfig wave) {
    return new WaveId(migration, wave.name());
  }
}
