package nl.veer.verifier.record;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nl.veer.connectors.dialect.RowIdentity;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.verifier.ledger.Balanced;
import nl.veer.verifier.ledger.LedgerCheckpoint;
import nl.veer.verifier.ledger.LedgerCounts;
import nl.veer.verifier.ledger.LoadBoundary;
import org.jspecify.annotations.Nullable;

/** Reads and writes a ledger's checkpoint. */
final class CheckpointSql {
  private static final String WRITE =
      """
      UPDATE veer.ledger SET value_version = ?, echo_id = ?, echo_offset = ?, echo_transaction = ?,
        echo_position = ?, log_id = ?, balanced_from = ?, balanced_transaction = ?,
        balanced_position = ?, balanced_log_offset = ?, balanced_committed_at = ?,
        echo_transactions = ?, transactions = ?, row_count = ?, incomparable = ?, unbalanced = ?,
        loaded = ?, findings = ?, saved_at = clock_timestamp()
      WHERE migration = ? AND wave = ? AND epoch = ?
      """;

  private CheckpointSql() {}

  static @Nullable LedgerCheckpoint read(Connection connection, WaveId wave) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT * FROM veer.ledger WHERE migration = ? AND wave = ? AND echo_id IS NOT NULL")) {
      RecordSql.set(query, wave.migration(), wave.wave());
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? new LedgerCheckpoint(
                row.getInt("value_version"),
                row.getString("echo_id"),
                row.getLong("echo_offset"),
                row.getLong("echo_transaction"),
                RecordSql.position(row, "echo_position"),
                row.getString("log_id"),
                balanced(row),
                counts(row, tolerated(connection, wave)),
                boundaries(connection, wave))
            : null;
      }
    }
  }

  private static @Nullable Balanced balanced(ResultSet row) throws SQLException {
    Long from = RecordSql.number(row, "balanced_from");
    return from == null
        ? null
        : new Balanced(
            from,
            row.getLong("balanced_transaction"),
            RecordSql.position(row, "balanced_position"),
            RecordSql.number(row, "balanced_log_offset"),
            RecordSql.instant(row, "balanced_committed_at"));
  }

  private static LedgerCounts counts(ResultSet row, Map<String, Long> tolerated)
      throws SQLException {
    return new LedgerCounts(
        row.getLong("echo_transactions"),
        row.getLong("transactions"),
        row.getLong("row_count"),
        row.getLong("incomparable"),
        row.getLong("unbalanced"),
        row.getLong("loaded"),
        row.getLong("findings"),
        tolerated);
  }

  private static Map<String, Long> tolerated(Connection connection, WaveId wave)
      throws SQLException {
    Map<String, Long> tolerated = new HashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT tolerance, row_count FROM veer.ledger_tolerance"
                + " WHERE migration = ? AND wave = ?")) {
      RecordSql.set(query, wave.migration(), wave.wave());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          tolerated.put(row.getString(1), row.getLong(2));
        }
      }
    }
    return tolerated;
  }

  private static Map<TableId, LoadBoundary> boundaries(Connection connection, WaveId wave)
      throws SQLException {
    Map<TableId, LoadBoundary> boundaries = new HashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT table_schema, table_name, boundary, boundary_position, whole_before, key_columns"
                + " FROM veer.ledger_boundary WHERE migration = ? AND wave = ?")) {
      RecordSql.set(query, wave.migration(), wave.wave());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          boundaries.put(
              new TableId(row.getString(1), row.getString(2)),
              new LoadBoundary(row.getString(3), Position.parse(row.getString(4)), identity(row)));
        }
      }
    }
    return boundaries;
  }

  private static @Nullable RowIdentity identity(ResultSet row) throws SQLException {
    Array key = row.getArray("key_columns");
    return key == null
        ? null
        : new RowIdentity(row.getBoolean("whole_before"), List.of((String[]) key.getArray()));
  }

  /**
   * Writes what differs from the checkpoint before.
   *
   * @return whether the epoch still is this one
   */
  static boolean write(
      Connection connection,
      WaveId wave,
      long epoch,
      LedgerCheckpoint now,
      @Nullable LedgerCheckpoint before)
      throws SQLException {
    Balanced balanced = now.balanced();
    LedgerCounts counts = now.counts();
    int hit =
        RecordSql.update(
            connection,
            WRITE,
            now.valueVersion(),
            now.echoId(),
            now.echoOffset(),
            now.echoTransaction(),
            RecordSql.text(now.echoPosition()),
            now.logId(),
            balanced == null ? null : (Long) balanced.from(),
            balanced == null ? null : (Long) balanced.transaction(),
            balanced == null ? null : RecordSql.text(balanced.position()),
            balanced == null ? null : balanced.logOffset(),
            balanced == null ? null : balanced.committedAt(),
            counts.echoTransactions(),
            counts.transactions(),
            counts.rows(),
            counts.incomparable(),
            counts.unbalanced(),
            counts.loaded(),
            counts.findings(),
            wave.migration(),
            wave.wave(),
            epoch);
    if (hit == 1) {
      writeTolerated(connection, wave, counts, before);
      writeBoundaries(connection, wave, now, before);
    }
    return hit == 1;
  }

  private static void writeTolerated(
      Connection connection, WaveId wave, LedgerCounts now, @Nullable LedgerCheckpoint before)
      throws SQLException {
    Map<String, Long> known = before == null ? Map.of() : before.counts().tolerated();
    for (Map.Entry<String, Long> tolerated : now.tolerated().entrySet()) {
      if (!Objects.equals(known.get(tolerated.getKey()), tolerated.getValue())) {
        RecordSql.update(
            connection,
            "INSERT INTO veer.ledger_tolerance VALUES (?, ?, ?, ?)"
                + " ON CONFLICT (migration, wave, tolerance)"
                + " DO UPDATE SET row_count = excluded.row_count",
            wave.migration(),
            wave.wave(),
            tolerated.getKey(),
            tolerated.getValue());
      }
    }
  }

  private static void writeBoundaries(
      Connection connection, WaveId wave, LedgerCheckpoint now, @Nullable LedgerCheckpoint before)
      throws SQLException {
    Map<TableId, LoadBoundary> known = before == null ? Map.of() : before.boundaries();
    if (known.equals(now.boundaries())) {
      return;
    }
    RecordSql.update(
        connection,
        "DELETE FROM veer.ledger_boundary WHERE migration = ? AND wave = ?",
        wave.migration(),
        wave.wave());
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO veer.ledger_boundary (migration, wave, table_schema, table_name, boundary,"
                + " boundary_position, whole_before, key_columns)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (Map.Entry<TableId, LoadBoundary> boundary : now.boundaries().entrySet()) {
        RowIdentity identity = boundary.getValue().identity();
        RecordSql.set(
            insert,
            wave.migration(),
            wave.wave(),
            boundary.getKey().schema(),
            boundary.getKey().name(),
            boundary.getValue().text(),
            boundary.getValue().position().text(),
            identity == null ? null : (Boolean) identity.wholeBefore(),
            identity == null ? null : connection.createArrayOf("text", identity.key().toArray()));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
