package nl.veer.verifier.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.verifier.digest.Digest128;
import nl.veer.verifier.ledger.Found;
import nl.veer.verifier.ledger.Found.Further;
import nl.veer.verifier.ledger.Imbalance;
import nl.veer.verifier.ledger.Imbalance.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Writes the ledger's findings. Of a wave's table no more than a {@link #MOST} are kept one by one,
 * closed ones making room first; what comes beyond is counted, in one row per kind of finding.
 */
final class FindingSql {
  /** A few megabytes; who has so many rows wrong does not mend them one by one. */
  static final int MOST = 10_000;

  /** Stands for the echo transaction of a row that counts. */
  private static final long COUNTING = -1;

  private static final String INTO =
      """
      INSERT INTO veer.finding AS known (migration, wave, echo_id, echo_transaction, kind,
        table_schema, table_name, key_digest, key_text, columns, in_log, in_echo, row_count,
        log_position, log_committed_at, echo_position, echo_committed_at, echo_xid, what)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
              coalesce(?, pg_current_wal_insert_lsn()::text), ?, ?, ?) ON CONFLICT
      """;

  private static final String KEEP = INTO + " DO NOTHING";

  private static final String COUNT =
      INTO
          + """
           (migration, wave, echo_id, echo_transaction, kind, table_schema, table_name, key_digest)
          DO UPDATE SET closed_by = NULL, closed_at = NULL, found_at = now(),
            row_count = excluded.row_count
              + CASE WHEN known.closed_by IS NULL THEN known.row_count ELSE 0 END,
            echo_position = excluded.echo_position, echo_xid = excluded.echo_xid,
            echo_committed_at = excluded.echo_committed_at
          """;

  private static final String MAKE_ROOM =
      """
      DELETE FROM veer.finding WHERE id IN (
        SELECT id FROM veer.finding
        WHERE migration = ? AND wave = ? AND table_schema = ? AND table_name = ?
          AND closed_by IS NOT NULL AND echo_transaction <> -1
        ORDER BY id LIMIT ?)
      """;

  private final Connection connection;
  private final WaveId wave;
  private final String echoId;
  private final int most;
  private final Map<String, Integer> room = new HashMap<>();

  private FindingSql(Connection connection, WaveId wave, String echoId, int most) {
    this.connection = connection;
    this.wave = wave;
    this.echoId = echoId;
    this.most = most;
  }

  static void write(Connection connection, WaveId wave, String echoId, Found found)
      throws SQLException {
    write(connection, wave, echoId, found, MOST);
  }

  /**
   * @param most findings of one table that are kept one by one
   */
  static void write(Connection connection, WaveId wave, String echoId, Found found, int most)
      throws SQLException {
    if (!found.isNothing()) {
      new FindingSql(connection, wave, echoId, most).write(found);
    }
  }

  private void write(Found found) throws SQLException {
    try (PreparedStatement keep = connection.prepareStatement(KEEP);
        PreparedStatement count = connection.prepareStatement(COUNT)) {
      for (Imbalance finding : found.detailed()) {
        if (hasRoom(finding.table())) {
          set(keep, finding);
          keep.addBatch();
        } else {
          set(count, new Further(finding.kind(), finding.table(), 1, finding.echo()));
          count.addBatch();
        }
      }
      for (Further further : found.further()) {
        set(count, further);
        count.addBatch();
      }
      keep.executeBatch();
      count.executeBatch();
    }
  }

  private boolean hasRoom(@Nullable TableId table) throws SQLException {
    String name = String.valueOf(table);
    int left = room.containsKey(name) ? room.get(name) : most - kept(table);
    if (left <= 0) {
      left +=
          RecordSql.update(
              connection,
              MAKE_ROOM,
              wave.migration(),
              wave.wave(),
              schema(table),
              name(table),
              1 + Math.min(-left, most));
    }
    room.put(name, left > 0 ? left - 1 : left);
    return left > 0;
  }

  private int kept(@Nullable TableId table) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT count(*) FROM veer.finding WHERE migration = ? AND wave = ?"
                + " AND table_schema = ? AND table_name = ? AND echo_transaction <> "
                + COUNTING)) {
      RecordSql.set(query, wave.migration(), wave.wave(), schema(table), name(table));
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private void set(PreparedStatement insert, Imbalance finding) throws SQLException {
    Digest128 key = finding.key();
    RecordSql.set(
        insert,
        wave.migration(),
        wave.wave(),
        echoId,
        finding.identity().echoTransaction(),
        finding.kind().code(),
        schema(finding.table()),
        name(finding.table()),
        key == null ? "" : key.text(),
        storable(finding.keyText()),
        connection.createArrayOf("text", finding.columns().toArray()),
        finding.inLog().name(),
        finding.inEcho().name(),
        finding.rows(),
        RecordSql.text(finding.log().position()),
        finding.log().committedAt(),
        RecordSql.text(finding.echo().position()),
        finding.echo().committedAt(),
        finding.echo().transaction(),
        finding.what());
  }

  private void set(PreparedStatement insert, Further further) throws SQLException {
    RecordSql.set(
        insert,
        wave.migration(),
        wave.wave(),
        echoId,
        COUNTING,
        further.kind().code(),
        schema(further.table()),
        name(further.table()),
        "",
        "",
        connection.createArrayOf("text", new Object[0]),
        Outcome.NONE.name(),
        Outcome.NONE.name(),
        further.count(),
        null,
        null,
        RecordSql.text(further.echo().position()),
        further.echo().committedAt(),
        further.echo().transaction(),
        "further findings of this kind, of which only the number is kept");
  }

  private static String schema(@Nullable TableId table) {
    return table == null ? "" : table.schema();
  }

  private static String name(@Nullable TableId table) {
    return table == null ? "" : table.name();
  }

  /** PostgreSQL's text holds everything but this. */
  private static String storable(String text) {
    return text.replace("\u0000", "");
  }
}
