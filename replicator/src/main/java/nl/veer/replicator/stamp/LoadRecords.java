package nl.veer.replicator.stamp;

import java.util.List;
import java.util.Map;
import nl.veer.connectors.dialect.Boundary;
import nl.veer.connectors.dialect.LoadDialect.SourceTable;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/**
 * The loads of one wave's tables on record, in the hands of the replicator that owns the epoch.
 * Each step of a load writes the table's row in the same transaction as the rows that it speaks of.
 * The caller commits. Safe for several threads, each with a session of its own.
 */
public final class LoadRecords {
  private final Epoch epoch;

  LoadRecords(Epoch epoch) {
    this.epoch = epoch;
  }

  private WaveId wave() {
    return epoch.wave();
  }

  public List<TableLoad> all(TargetSession session) {
    return epoch.doing("reading the loads", () -> StampSql.loads(session.connection(), wave()));
  }

  /** Whether a table is to be loaded, or loaded anew. One read by the records' key. */
  public boolean isAnyLeft(TargetSession session) {
    return epoch.doing(
        "looking for tables to load", () -> StampSql.isAnyLeft(session.connection(), wave()));
  }

  /**
   * Records that tables are to be loaded, unless they are recorded already.
   *
   * @param horizon kept with the first record, for the log began not long before it
   */
  public void plan(
      TargetSession session, List<SourceTable> tables, boolean truncate, String horizon) {
    epoch.doing(
        "planning the load of " + tables.size() + " tables",
        () -> {
          StampSql.updateAll(
              session.connection(),
              "INSERT INTO veer.load (migration, wave, table_schema, table_name, epoch,"
                  + " state, truncate, whole_before, key_columns, row_count, byte_count)"
                  + " SELECT ?, ?, ?, ?, ?, 'PENDING', ?, ?, ?, 0, 0 WHERE NOT EXISTS"
                  + " (SELECT 1 FROM veer.load WHERE migration = ? AND wave = ?"
                  + " AND table_schema = ? AND table_name = ?)",
              tables,
              table -> planned(table, truncate));
          StampSql.updateAll(
              session.connection(),
              "UPDATE veer.load SET log_horizon = ? WHERE migration = ? AND wave = ?"
                  + " AND table_schema = ? AND table_name = ? AND log_horizon IS NULL",
              tables,
              table ->
                  new Object[] {
                    horizon,
                    wave().migration(),
                    wave().wave(),
                    table.schema().id().schema(),
                    table.schema().id().name()
                  });
          return true;
        });
  }

  /**
   * Records that tables were emptied for their load, in the same transaction: so that everybody can
   * see whose doing it was.
   */
  public void emptied(TargetSession session, List<TableId> tables) {
    epoch.doing(
        "recording that tables were emptied",
        () -> {
          StampSql.updateAll(
              session.connection(),
              "UPDATE veer.load SET row_count = 0, byte_count = 0 WHERE migration = ? AND wave = ?"
                  + " AND table_schema = ? AND table_name = ?",
              tables,
              table ->
                  new Object[] {wave().migration(), wave().wave(), table.schema(), table.name()});
          return true;
        });
  }

  private Object[] planned(SourceTable table, boolean truncate) {
    TableId id = table.schema().id();
    return new Object[] {
      wave().migration(),
      wave().wave(),
      id.schema(),
      id.name(),
      epoch.number(),
      truncate,
      table.identity().wholeBefore(),
      StampSql.joined(table.identity().key()),
      wave().migration(),
      wave().wave(),
      id.schema(),
      id.name()
    };
  }

  /** To be committed before the first row of one of the tables is written. */
  public void startLoad(TargetSession session, List<SourceTable> tables, Boundary boundary) {
    requireReach(session, tables, boundary);
    allHit(
        session,
        epoch.doing(
            "starting the load of " + tables.size() + " tables",
            () ->
                StampSql.updateAll(
                    session.connection(),
                    "UPDATE veer.load SET state = 'RUNNING', boundary = ?, boundary_position = ?,"
                        + " whole_before = ?, key_columns = ?, written_columns = ?, row_count = 0,"
                        + " byte_count = 0, started_at = CURRENT_TIMESTAMP, completed_at = NULL"
                        + " WHERE migration = ? AND wave = ? AND table_schema = ?"
                        + " AND table_name = ? AND epoch = ? AND state <> 'COMPLETE'",
                    tables,
                    table -> started(table, boundary))));
  }

  private Object[] started(SourceTable table, Boundary boundary) {
    return new Object[] {
      boundary.text(),
      boundary.position().text(),
      table.identity().wholeBefore(),
      StampSql.joined(table.identity().key()),
      StampSql.joined(table.schema().writtenColumns()),
      wave().migration(),
      wave().wave(),
      table.schema().id().schema(),
      table.schema().id().name(),
      epoch.number()
    };
  }

  private void allHit(TargetSession session, int[] rows) {
    for (int one : rows) {
      epoch.exactlyOne(session, one);
    }
  }

  private void requireReach(TargetSession session, List<SourceTable> tables, Boundary boundary) {
    Map<TableId, String> horizons =
        epoch.doing(
            "reading where the log began", () -> StampSql.horizons(session.connection(), wave()));
    for (SourceTable table : tables) {
      String horizon = horizons.get(table.schema().id());
      if (horizon != null && !boundary.reaches(horizon)) {
        throw new Failure(
            FailureKind.LOST_POSITION,
            "LOG_TOO_OLD",
            ("Table %s cannot be loaded against a log that began so many transactions ago (at"
                    + " %s, now %s): their numbers have begun to repeat. Remove the wave with"
                    + " its log, and begin it anew.")
                .formatted(table.schema().id(), horizon, boundary.text()));
      }
    }
  }

  /**
   * What was copied of a table.
   *
   * @param last whether nothing is left of it
   */
  public record Loaded(TableId table, long rows, long bytes, boolean last) {}

  /** Adds what was copied. In the same transaction as the copied rows. */
  public void addLoaded(TargetSession session, List<Loaded> loaded) {
    allHit(
        session,
        epoch.doing(
            "recording the load of " + loaded.size() + " tables",
            () ->
                StampSql.updateAll(
                    session.connection(),
                    "UPDATE veer.load SET row_count = row_count + ?, byte_count = byte_count + ?,"
                        + " state = CASE WHEN ? THEN 'COMPLETE' ELSE state END,"
                        + " completed_at = CASE WHEN ? THEN CURRENT_TIMESTAMP END"
                        + " WHERE migration = ? AND wave = ? AND table_schema = ?"
                        + " AND table_name = ? AND epoch = ? AND state = 'RUNNING'",
                    loaded,
                    this::added)));
  }

  private Object[] added(Loaded loaded) {
    return new Object[] {
      loaded.rows(),
      loaded.bytes(),
      loaded.last(),
      loaded.last(),
      wave().migration(),
      wave().wave(),
      loaded.table().schema(),
      loaded.table().name(),
      epoch.number()
    };
  }
}
