package nl.veer.control.wave;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TableSchema;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresCatalog;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.config.TuningConfig;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.config.WavePlan;

/**
 * A migration whose waves know their tables.
 *
 * @param waves each wave's tables, in catalog order
 */
public record Migration(
    SourceConnections source,
    TargetConnections target,
    Map<WaveId, List<TableId>> waves,
    TuningConfig tuning) {

  public Migration {
    waves = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(waves));
  }

  /**
   * Deals the source's tables out to the waves.
   *
   * @throws Failure CONFIGURATION if the source cannot be read or the waves do not fit it
   */
  public static Migration of(VeerConfig config) {
    SourceConnections source = new SourceConnections(config.source().endpoint());
    TargetConnections target = new TargetConnections(config.target().endpoint());
    WavePlan plan = WavePlan.of(config, tables(source));
    if (!plan.errors().isEmpty()) {
      throw new Failure(FailureKind.CONFIGURATION, "WAVES", String.join("\n", plan.errors()));
    }
    return new Migration(source, target, plan.tables(), config.tuning());
  }

  private static List<TableId> tables(SourceConnections source) {
    try (Connection connection = source.open("catalog")) {
      return PostgresCatalog.tables(connection).stream().map(TableSchema::id).toList();
    } catch (SQLException e) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "SOURCE_UNREACHABLE",
          "The source at %s cannot be read: %s. Check it with: veer check"
              .formatted(source.endpoint().url(), e.getMessage()),
          e);
    }
  }
}
