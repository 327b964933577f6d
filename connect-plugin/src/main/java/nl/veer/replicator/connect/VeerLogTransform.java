package nl.veer.replicator.connect;

import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.transforms.Transformation;

/**
 * Refuses to make a wave's log of what Debezium's own connector sends, at the moment it is
 * configured, and says why: nothing could rely on the numbers of a transform. Decision 021 has the
 * whole of it.
 */
public final class VeerLogTransform<R extends ConnectRecord<R>> implements Transformation<R> {
  static final String REFUSAL =
      "A transform cannot make a log of Veer's: it is not told whether Connect writes its records"
          + " exactly once, is applied again to a record whose sending is retried, and stands behind a"
          + " connector that begins again by the positions of events, which are in no order, and has"
          + " changed values already that Veer carries as they are. Let veer capture write the log,"
          + " and VeerSinkConnector apply it.";

  /** Asked for when a configuration is validated, so that it is refused there. */
  @Override
  public ConfigDef config() {
    throw new ConfigException(REFUSAL);
  }

  @Override
  public void configure(Map<String, ?> configs) {
    throw new ConfigException(REFUSAL);
  }

  @Override
  public R apply(R record) {
    throw new ConfigException(REFUSAL);
  }

  @Override
  public String version() {
    return PluginVersion.text();
  }

  @Override
  public void close() {}
}
