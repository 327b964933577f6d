package nl.veer.control.wave;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.veer.connectors.dialect.ColumnSchema;
import nl.veer.connectors.dialect.ReplicaIdentity;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TableSchema;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresCatalog;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.dialect.postgres.PostgresReferences;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.log.LogTopic;
import nl.veer.replicator.stamp.TableLoad;
import nl.veer.replicator.stamp.WaveRecords;
import nl.veer.verifier.ledger.LedgerConfig;
import nl.veer.verifier.ledger.LedgerTable;
import nl.veer.verifier.ledger.LoadBoundary;
import nl.veer.verifier.value.Tolerances;
import org.jspecify.annotations.Nullable;

/**
 * What a wave's ledger stands on, on both sides. Each call opens sessions of its own and reads what
 * is so now.
 */
final class LedgerGround {
  /** About the net effect of two batches of the default size. */
  private static final long MEMORY_BYTES = 64L << 20;

  private static final Duration CHECKPOINT = Duration.ofSeconds(1);

  /** A log that holds what the stamp names answers at once; this is for a slow Kafka. */
  private static final Duration LOG_PATIENCE = Duration.ofMinutes(1);

  private final WaveId wave;
  private final List<TableId> tables;
  private final Tolerances tolerances;
  private final SourceConnections source;
  private final TargetConnections target;
  private final OpenLog log;
  private final Path spill;

  /**
   * @param spill a directory of the ledger's own
   */
  LedgerGround(WaveId wave, List<TableId> tables, Migration migration, OpenLog log, Path spill) {
    this.wave = wave;
    this.tables = List.copyOf(tables);
    this.tolerances = migration.tolerances();
    this.source = new SourceConnections(migration.source().endpoint());
    this.target = new TargetConnections(migration.target().endpoint());
    this.log = log;
    this.spill = spill;
  }

  TargetConnections target() {
    return target;
  }

  /** Whether all tables were loaded, and log and echo are made. */
  boolean isReady() {
    Map<TableId, TableLoad> loads = loads();
    return loads.keySet().containsAll(tables)
        && loads.values().stream().allMatch(TableLoad::isComplete)
        && new LogTopic(log.kafka(), wave.echo()).id().isPresent()
        && new LogTopic(log.kafka(), wave).id().isPresent();
  }

  private Map<TableId, TableLoad> loads() {
    Map<TableId, TableLoad> loads = new HashMap<>();
    new WaveRecords(new PostgresTarget(), target)
        .loads(wave).stream()
            .filter(load -> tables.contains(load.table()))
            .forEach(load -> loads.put(load.table(), load));
    return loads;
  }

  LedgerConfig config() {
    Map<TableId, TableLoad> loads = loads();
    Map<TableId, TableSchema> onSource = new HashMap<>();
    try (Connection connection = source.open(wave + " ledger")) {
      PostgresCatalog.tables(connection).forEach(table -> onSource.put(table.id(), table));
    } catch (SQLException e) {
      throw PostgresFailures.source(e, "reading the tables of wave " + wave);
    }
    Map<TableId, TableSchema> onTarget = new HashMap<>();
    Set<TableId> referenced;
    Position asOf;
    try (Connection connection = target.open(wave + " ledger")) {
      PostgresCatalog.tables(connection).forEach(table -> onTarget.put(table.id(), table));
      referenced = PostgresReferences.referenced(connection);
      asOf = position(connection);
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "reading the tables of wave " + wave);
    }
    List<LedgerTable> balanced = new ArrayList<>();
    Map<TableId, LoadBoundary> boundaries = new HashMap<>();
    for (TableId table : tables) {
      TableLoad load = loads.get(table);
      if (load == null) {
        throw LedgerRun.waits();
      }
      balanced.add(
          table(load, onSource.get(table), onTarget.get(table), referenced.contains(table)));
      String boundary = load.boundary();
      Position position = load.boundaryPosition();
      if (boundary != null && position != null) {
        boundaries.put(table, new LoadBoundary(boundary, position, load.identity()));
      }
    }
    return new LedgerConfig(
        wave,
        balanced,
        tolerances,
        boundaries,
        asOf,
        spill,
        MEMORY_BYTES,
        CHECKPOINT,
        LOG_PATIENCE);
  }

  private static Position position(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement("SELECT pg_current_wal_insert_lsn()::text");
        ResultSet row = query.executeQuery()) {
      row.next();
      return Position.parse(row.getString(1));
    }
  }

  private static LedgerTable table(
      TableLoad load,
      @Nullable TableSchema onSource,
      @Nullable TableSchema onTarget,
      boolean referenced) {
    List<String> key = load.identity().key();
    Set<String> computed = new HashSet<>();
    for (@Nullable TableSchema side : new TableSchema[] {onSource, onTarget}) {
      if (side != null) {
        side.columns().stream()
            .filter(ColumnSchema::generated)
            .map(ColumnSchema::name)
            .forEach(computed::add);
      }
    }
    boolean echoWhole =
        key.isEmpty() || (onTarget != null && onTarget.replicaIdentity() == ReplicaIdentity.FULL);
    return new LedgerTable(
        load.table(), key, load.identity().wholeBefore(), echoWhole, computed, referenced);
  }
}
