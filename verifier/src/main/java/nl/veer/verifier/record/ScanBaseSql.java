package nl.veer.verifier.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import nl.veer.connectors.dialect.postgres.PostgresSnapshot;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;

/** Reads the scans that later proofs may rest on. */
final class ScanBaseSql {
  /** A scan of an older Veer does not tell what its first look saw: nothing rests on that. */
  private static final String BASES =
      """
      SELECT s.*,
      """
          + ScanSql.EXCLUSIONS
          + """
      FROM veer.load l CROSS JOIN LATERAL (
        SELECT * FROM veer.scan s
        WHERE s.migration = l.migration AND s.wave = l.wave
          AND s.table_schema = l.table_schema AND s.table_name = l.table_name
        ORDER BY s.id DESC LIMIT 1) s
      WHERE l.migration = ? AND l.wave = ? AND s.verdict = 'EQUAL'
        AND s.load_mark = l.boundary || ' ' || extract(epoch FROM l.completed_at)
        AND s.first_source_position IS NOT NULL AND s.first_source_snapshot IS NOT NULL
        AND s.first_transaction IS NOT NULL
        AND s.begun_position IS NOT NULL AND s.begun_snapshot IS NOT NULL
      """;

  private ScanBaseSql() {}

  static Map<TableId, ScanBase> read(Connection connection, WaveId wave) throws SQLException {
    Map<TableId, ScanBase> bases = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(BASES)) {
      RecordSql.set(query, wave.migration(), wave.wave());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          ScanBase base = base(row);
          bases.put(base.table(), base);
        }
      }
    }
    return bases;
  }

  private static ScanBase base(ResultSet row) throws SQLException {
    Position source = Position.parse(row.getString("first_source_position"));
    return new ScanBase(
        new TableId(row.getString("table_schema"), row.getString("table_name")),
        row.getLong("id"),
        row.getString("load_mark"),
        source,
        PostgresSnapshot.parse(row.getString("first_source_snapshot"), source),
        row.getLong("first_transaction"),
        PostgresSnapshot.parse(
            row.getString("begun_snapshot"), Position.parse(row.getString("begun_position"))),
        ScanSql.exclusions(row));
  }
}
