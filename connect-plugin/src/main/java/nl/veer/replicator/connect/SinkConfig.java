package nl.veer.replicator.connect;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.connectors.log.RegistryEndpoint;
import nl.veer.replicator.ReplicatorConfig;
import org.apache.kafka.common.config.AbstractConfig;

/**
 * What a task is told.
 *
 * @param ledger whether the wave must have begun elsewhere, with its echo
 */
record SinkConfig(
    ReplicatorConfig replicator,
    DatabaseEndpoint source,
    DatabaseEndpoint target,
    KafkaEndpoint kafka,
    RegistryEndpoint registry,
    boolean ledger) {

  /**
   * Reads what {@link SinkSettings} defines.
   *
   * @throws org.apache.kafka.common.config.ConfigException if it cannot be
   */
  static SinkConfig of(Map<String, String> props) {
    AbstractConfig config = new AbstractConfig(SinkSettings.DEFINITION, props, false);
    WaveId wave =
        new WaveId(config.getString(SinkSettings.MIGRATION), config.getString(SinkSettings.WAVE));
    return new SinkConfig(
        new ReplicatorConfig(
            wave,
            tables(config.getList(SinkSettings.TABLES)),
            config.getInt(SinkSettings.LOAD_WORKERS),
            config.getBoolean(SinkSettings.TRUNCATE),
            config.getInt(SinkSettings.BATCH_ROWS),
            config.getLong(SinkSettings.BATCH_BYTES),
            Duration.ofMillis(config.getLong(SinkSettings.BATCH_DELAY))),
        database(config, SinkSettings.SOURCE),
        database(config, SinkSettings.TARGET),
        new KafkaEndpoint(
            config.getString(SinkSettings.BOOTSTRAP), properties(config, SinkSettings.KAFKA)),
        new RegistryEndpoint(
            config.getString(SinkSettings.REGISTRY_URL), properties(config, SinkSettings.REGISTRY)),
        config.getBoolean(SinkSettings.LEDGER));
  }

  WaveId wave() {
    return replicator.wave();
  }

  private static List<TableId> tables(List<String> names) {
    return names.stream()
        .map(
            name -> {
              int dot = name.indexOf('.');
              return new TableId(name.substring(0, dot), name.substring(dot + 1));
            })
        .toList();
  }

  private static DatabaseEndpoint database(AbstractConfig config, String side) {
    return new DatabaseEndpoint(
        config.getString(side + SinkSettings.URL),
        config.getString(side + SinkSettings.USER),
        new Secret(config.getPassword(side + SinkSettings.PASSWORD).value()),
        properties(config, side));
  }

  private static Map<String, String> properties(AbstractConfig config, String side) {
    return config.originalsWithPrefix(side + SinkSettings.PROPERTIES).entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> entry.getValue().toString()));
  }
}
