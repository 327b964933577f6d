package nl.veer.replicator.stamp;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nl.veer.connectors.dialect.Boundary;
import nl.veer.connectors.dialect.LoadDialect.SourceTable;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.TargetDialect;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;

/**
 * Begins a wave's records on a target that equals its source already, so that nothing is loaded:
 * the loads as complete, and the stamp at the log's transaction up to which the two are known to be
 * equal. In one transaction; a wave that has a stamp is left as it is, so that it may be repeated.
 */
public final class Adoption {
  private final TargetDialect dialect;
  private final TargetConnections target;

  public Adoption(TargetDialect dialect, TargetConnections target) {
    this.dialect = dialect;
    this.target = target;
  }

  /**
   * Where both sides are equal, and how the source's log tells of the tables.
   *
   * @param stamp of a transaction whose position is not before the boundary's
   * @param boundary for the records: what a load would have included
   * @param rows of each table, for the records; a table that is left out has 0
   */
  public record Ground(
      Stamp stamp, Boundary boundary, List<SourceTable> tables, Map<TableId, Long> rows) {
    public Ground {
      tables = List.copyOf(tables);
      rows = Map.copyOf(rows);
    }
  }

  /**
   * Begins the records.
   *
   * @return the stamp that stands: this one, or that of an adoption before it
   * @throws Failure CONFLICT if the wave is retired
   */
  public Stamp adopt(WaveId wave, Ground ground) {
    try (TargetSession session = dialect.openBriefly(target, wave + " adoption")) {
      Connection connection = session.connection();
      try {
        dialect.migrateRecords(connection);
        Retirement.refuse(connection, wave);
        if (StampSql.stamp(connection, wave).isEmpty()) {
          write(connection, wave, ground);
        }
        Stamp stands = StampSql.stamp(connection, wave).orElseThrow();
        session.commit();
        return stands;
      } catch (SQLException e) {
        throw dialect.failure(e, "adopting wave " + wave);
      }
    }
  }

  private void write(Connection connection, WaveId wave, Ground ground) throws SQLException {
    Stamp stamp = ground.stamp();
    StampSql.update(
        connection,
        "INSERT INTO veer.stamp (migration, wave, epoch, transaction_number, position, log_id,"
            + " log_offset, committed_at, written_by) VALUES (?, ?, 0, ?, ?, ?, ?, ?, "
            + dialect.transactionNumber()
            + ")",
        wave.migration(),
        wave.wave(),
        stamp.transaction(),
        Objects.requireNonNull(stamp.position()).text(),
        stamp.logId(),
        stamp.logOffset(),
        stamp.committedAt());
    StampSql.updateAll(
        connection,
        "INSERT INTO veer.load (migration, wave, table_schema, table_name, epoch, state, truncate,"
            + " whole_before, key_columns, boundary, boundary_position, written_columns, row_count,"
            + " byte_count, started_at, completed_at) VALUES (?, ?, ?, ?, 0, 'COMPLETE', false, ?,"
            + " ?, ?, ?, ?, ?, 0, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)",
        ground.tables(),
        table -> load(wave, table, ground));
  }

  private static Object[] load(WaveId wave, SourceTable table, Ground ground) {
    TableId id = table.schema().id();
    return new Object[] {
      wave.migration(),
      wave.wave(),
      id.schema(),
      id.name(),
      table.identity().wholeBefore(),
      StampSql.joined(table.identity().key()),
      ground.boundary().text(),
      ground.boundary().position().text(),
      StampSql.joined(table.schema().writtenColumns()),
      ground.rows().getOrDefault(id, 0L)
    };
  }
}
