package nl.veer.control.wave;

import java.net.UnknownHostException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.dialect.ReadySessions;
import nl.veer.connectors.dialect.SessionHolder;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TableSchema;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresCatalog;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.config.ToleranceConfig;
import nl.veer.control.config.TuningConfig;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.config.VerificationConfig;
import nl.veer.control.config.WavePlan;
import nl.veer.verifier.value.Tolerances;

/**
 * A migration whose waves know their tables.
 *
 * @param waves each wave's tables, in catalog order
 * @param data directory of Veer's own files
 */
public record Migration(
    SourceConnections source,
    TargetConnections target,
    Map<WaveId, List<TableId>> waves,
    TuningConfig tuning,
    VerificationConfig verification,
    Path data) {

  public Migration {
    waves = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(waves));
  }

  /** One leg of it by itself, as a migration that goes the leg's way. */
  public Migration along(Leg leg) {
    return new Migration(
        leg.from(), leg.to(), Map.of(leg.wave(), leg.tables()), tuning, verification, data);
  }

  /** The same with some of its waves. */
  public Migration only(List<WaveId> some) {
    Map<WaveId, List<TableId>> kept = new LinkedHashMap<>(waves);
    kept.keySet().retainAll(some);
    return new Migration(source, target, kept, tuning, verification, data);
  }

  /** The same, for somebody whose work on both sides may be taken over. */
  public Migration heldBy(SessionHolder holder) {
    return new Migration(
        source.heldBy(holder), target.heldBy(holder), waves, tuning, verification, data);
  }

  /** The same, for somebody who shall not wait for sessions that are there already. */
  public Migration drawingOn(ReadySessions ofSource, ReadySessions ofTarget) {
    return new Migration(
        source.drawingOn(ofSource), target.drawingOn(ofTarget), waves, tuning, verification, data);
  }

  /** The differences that the user has declared to be none. */
  public Tolerances tolerances() {
    return new Tolerances(
        verification.tolerances().stream().map(ToleranceConfig::tolerance).toList());
  }

  /** Without a proof of what it carries. */
  public Migration(
      SourceConnections source,
      TargetConnections target,
      Map<WaveId, List<TableId>> waves,
      TuningConfig tuning) {
    this(source, target, waves, tuning, VerificationConfig.of(false, false), Path.of(""));
  }

  /**
   * Deals the source's tables out to the waves.
   *
   * @throws Failure CONFIGURATION if the source cannot be read or the waves do not fit it;
   *     TRANSIENT if it may be readable in a moment
   */
  public static Migration of(VeerConfig config) {
    SourceConnections source = new SourceConnections(config.source().endpoint());
    TargetConnections target = new TargetConnections(config.target().endpoint());
    WavePlan plan = WavePlan.of(config, tables(source));
    if (!plan.errors().isEmpty()) {
      throw new Failure(FailureKind.CONFIGURATION, "WAVES", String.join("\n", plan.errors()));
    }
    return new Migration(
        source, target, plan.tables(), config.tuning(), config.verification(), config.data());
  }

  /** The same without looking at the source: no wave is known to have a table. */
  public static Migration bare(VeerConfig config) {
    return new Migration(
        new SourceConnections(config.source().endpoint()),
        new TargetConnections(config.target().endpoint()),
        Map.of(),
        config.tuning(),
        config.verification(),
        config.data());
  }

  private static List<TableId> tables(SourceConnections source) {
    try (Connection connection = source.open("catalog")) {
      return PostgresCatalog.tables(connection).stream().map(TableSchema::id).toList();
    } catch (SQLException e) {
      Failure failure = PostgresFailures.source(e, "reading the tables' definitions");
      if (failure.kind() == FailureKind.CONFIGURATION) {
        throw failure;
      }
      boolean passing = failure.kind() == FailureKind.TRANSIENT && !isHostUnknown(e);
      throw new Failure(
          passing ? FailureKind.TRANSIENT : FailureKind.CONFIGURATION,
          "SOURCE_UNREACHABLE",
          "The source at %s cannot be read: %s. Check it with: veer check"
              .formatted(source.endpoint().url(), PostgresFailures.words(e)),
          e);
    }
  }

  /** At a start this is a name that is misspelt, rather than a name server that is away. */
  private static boolean isHostUnknown(SQLException error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }
}
