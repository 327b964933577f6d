package nl.veer.replicator.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * Applies a wave's log to its target, as {@code veer replicate} does. A connector is a wave, and
 * has one task whatever {@code tasks.max} says: the log is one partition, and the connector's
 * status is then the wave's.
 */
public final class VeerSinkConnector extends SinkConnector {
  private Map<String, String> settings = Map.of();

  @Override
  public void start(Map<String, String> props) {
    requireSound(props);
    settings = Map.copyOf(props);
  }

  /** Refuses what {@link #validate} would, also where nobody has asked that. */
  private static void requireSound(Map<String, String> props) {
    SinkSettings.DEFINITION.parse(props);
    SinkRules.complaints(props)
        .forEach(
            (setting, complaint) -> {
              throw new ConfigException(setting + ": " + complaint);
            });
  }

  @Override
  public Class<? extends Task> taskClass() {
    return VeerSinkTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    return List.of(settings);
  }

  @Override
  public void stop() {}

  @Override
  public ConfigDef config() {
    return SinkSettings.DEFINITION;
  }

  @Override
  public Config validate(Map<String, String> props) {
    List<ConfigValue> values = new ArrayList<>(super.validate(props).configValues());
    SinkRules.complaints(props)
        .forEach((setting, complaint) -> valueOf(setting, values).addErrorMessage(complaint));
    return new Config(values);
  }

  /**
   * The value among those that the definition has; one more for a setting of Connect's own, without
   * what was given: Connect wants that in a type that only it knows.
   */
  private static ConfigValue valueOf(String setting, List<ConfigValue> values) {
    return values.stream()
        .filter(value -> value.name().equals(setting))
        .findFirst()
        .orElseGet(
            () -> {
              ConfigValue added = new ConfigValue(setting, null, List.of(), new ArrayList<>());
              values.add(added);
              return added;
            });
  }

  /** Offsets may be forgotten, for nobody reads them; to set them would be to no effect. */
  @Override
  public boolean alterOffsets(Map<String, String> config, Map<TopicPartition, Long> offsets) {
    if (offsets.values().stream().allMatch(offset -> offset == null)) {
      return true;
    }
    throw new ConnectException(
        "Veer goes on where the target's stamp says, whatever offsets Connect keeps. To load tables"
            + " anew: veer load --again.");
  }

  @Override
  public String version() {
    return PluginVersion.text();
  }
}
