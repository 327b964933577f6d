package nl.veer.control.wave;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.dialect.postgres.PostgresLoad;
import nl.veer.connectors.dialect.postgres.PostgresRights;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.replicator.load.LoadConfig;
import nl.veer.replicator.load.SchemaLook;

/**
 * What a load needs and can be looked at before it is asked for: a request that cannot be carried
 * out holds its wave up. Each look opens sessions of its own, and changes nothing.
 */
final class ReloadGround {
  /** A standby that is there answers much sooner. */
  private static final Duration A_COMMIT = Duration.ofSeconds(10);

  private static final Duration PACE = Duration.ofMillis(200);

  private final SourceConnections source;
  private final TargetConnections target;
  private final PostgresLoad dialect = new PostgresLoad();

  ReloadGround(SourceConnections source, TargetConnections target) {
    this.source = source;
    this.target = target;
  }

  /**
   * @throws Failure with what is in the way of a load of these tables
   */
  void require(WaveId wave, List<TableId> tables) {
    new SchemaLook(
            new LoadConfig(wave, tables, 1, false), source, target, dialect, new PostgresTarget())
        .requireMatch();
    requireSource(wave);
    requireRights(wave, tables);
  }

  private void requireSource(WaveId wave) {
    try (Connection connection = dialect.open(source, wave + " look")) {
      if (!dialect.keepsLog(connection, wave)) {
        throw new Failure(
            FailureKind.TRANSIENT,
            "NO_SLOT",
            ("The source's replication slot %s is not there, so no table can be loaded against the"
                    + " log, and nothing was asked for. See what 'veer capture' says.")
                .formatted(wave.slot()));
      }
      requireCommits(connection);
    } catch (SQLException e) {
      throw dialect.sourceFailure(e, "looking at the source of wave " + wave.wave());
    }
  }

  private void requireCommits(Connection connection) throws SQLException {
    String horizon = dialect.horizon(connection);
    StopSignal never = new StopSignal();
    long deadline = System.nanoTime() + A_COMMIT.toNanos();
    while (dialect.awaitsCommits(connection, horizon)) {
      if (System.nanoTime() > deadline) {
        throw new Failure(
            FailureKind.TRANSIENT,
            "COMMITS_WAIT",
            "Transactions of the source are committed but wait for a synchronous standby, and a"
                + " load would wait for them. Nothing was asked for. Is the standby away?");
      }
      never.await(PACE);
    }
  }

  private void requireRights(WaveId wave, List<TableId> tables) {
    try (Connection connection = target.open(wave + " look")) {
      Map<TableId, List<String>> missing = PostgresRights.missingToWrite(connection);
      List<String> lacking = new ArrayList<>();
      for (TableId table : tables) {
        List<String> rights = missing.getOrDefault(table, List.of());
        if (!rights.isEmpty()) {
          lacking.add("%s of %s".formatted(String.join(", ", rights), table));
        }
      }
      if (!lacking.isEmpty()) {
        throw new Failure(
            FailureKind.CONFIGURATION,
            PostgresFailures.ACCESS,
            ("Veer's role on the target has not the right to %s. Nothing was asked for; GRANT it"
                    + " first.")
                .formatted(String.join("; ", lacking)));
      }
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "looking at the rights on the target");
    }
  }
}
