package nl.veer.verifier.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.verifier.verdict.Verdict;
import nl.veer.verifier.verdict.VerdictChange;
import nl.veer.verifier.verdict.VerdictChange.Said;
import org.jspecify.annotations.Nullable;

/** Reads and writes the history of verdicts. No table means the whole wave. */
final class VerdictSql {
  /** Of each table and of the wave; a verdict that changes more often says so by that. */
  private static final int KEPT = 1_000;

  private static final String LAST =
      """
      SELECT v.* FROM (
        SELECT table_schema, table_name FROM veer.load WHERE migration = ? AND wave = ?
        UNION ALL SELECT '', '') t
      CROSS JOIN LATERAL (
        SELECT * FROM veer.verdict v
        WHERE v.migration = ? AND v.wave = ?
          AND v.table_schema = t.table_schema AND v.table_name = t.table_name
        ORDER BY v.id DESC LIMIT 1) v
      """;

  private VerdictSql() {}

  /** One writer at a time: what it compares with is what was said last. */
  static void lock(Connection connection, WaveId wave) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement(
            "SELECT pg_advisory_xact_lock(hashtextextended('veer verdict ' || ?, 0))")) {
      RecordSql.set(lock, wave.toString());
      lock.execute();
    }
  }

  static Map<Optional<TableId>, Said> last(Connection connection, WaveId wave) throws SQLException {
    Map<Optional<TableId>, Said> last = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(LAST)) {
      RecordSql.set(query, wave.migration(), wave.wave(), wave.migration(), wave.wave());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          last.put(
              Optional.ofNullable(table(row)),
              new Said(
                  row.getString("verdict"), row.getString("reason"), row.getString("changed_by")));
        }
      }
    }
    return last;
  }

  static void write(
      Connection connection,
      WaveId wave,
      @Nullable TableId table,
      Verdict verdict,
      @Nullable Position position,
      String changedBy)
      throws SQLException {
    String schema = table == null ? "" : table.schema();
    String name = table == null ? "" : table.name();
    RecordSql.update(
        connection,
        "INSERT INTO veer.verdict (migration, wave, table_schema, table_name, verdict, reason,"
            + " words, position, changed_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        wave.migration(),
        wave.wave(),
        schema,
        name,
        verdict.word(),
        VerdictChange.reasonOf(verdict),
        verdict instanceof Verdict.Unknown unknown ? unknown.words() : null,
        RecordSql.text(position),
        changedBy);
    RecordSql.update(
        connection,
        "DELETE FROM veer.verdict WHERE migration = ? AND wave = ? AND table_schema = ?"
            + " AND table_name = ? AND id <= (SELECT id FROM veer.verdict WHERE migration = ?"
            + " AND wave = ? AND table_schema = ? AND table_name = ?"
            + " ORDER BY id DESC OFFSET ? LIMIT 1)",
        wave.migration(),
        wave.wave(),
        schema,
        name,
        wave.migration(),
        wave.wave(),
        schema,
        name,
        KEPT);
  }

  static List<VerdictRecord> history(
      Connection connection, WaveId wave, @Nullable String table, int limit) throws SQLException {
    List<VerdictRecord> history = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT * FROM (SELECT * FROM veer.verdict WHERE migration = ? AND wave = ?"
                + " AND (?::text IS NULL AND table_name = ''"
                + "   OR table_schema || '.' || table_name = ?)"
                + " ORDER BY id DESC LIMIT ?) v ORDER BY id")) {
      RecordSql.set(query, wave.migration(), wave.wave(), table, table, limit);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          TableId id = table(row);
          history.add(
              new VerdictRecord(
                  row.getLong("id"),
                  id == null ? "" : id.toString(),
                  row.getString("verdict"),
                  row.getString("reason"),
                  row.getString("words"),
                  row.getString("position"),
                  Objects.requireNonNull(RecordSql.instant(row, "at")),
                  row.getString("changed_by")));
        }
      }
    }
    return history;
  }

  private static @Nullable TableId table(ResultSet row) throws SQLException {
    String schema = row.getString("table_schema");
    return schema.isEmpty() ? null : new TableId(schema, row.getString("table_name"));
  }
}
