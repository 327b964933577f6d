package nl.veer.verifier.record;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.verifier.digest.Digest128;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's findings on the target, for whoever judges, blames or mends. A finding is open until
 * something that looked at the target behind it has closed it. The caller commits. All answer that
 * there is nothing where no ledger was ever begun.
 */
public final class FindingRecords {
  private static final String OPEN =
      """
      SELECT table_schema, table_name,
             sum(CASE WHEN echo_transaction = -1 THEN row_count ELSE 1 END), max(id),
             max(echo_position::pg_lsn)::text
      FROM veer.finding WHERE migration = ? AND wave = ? AND closed_by IS NULL
      GROUP BY table_schema, table_name
      """;

  /**
   * What counts many, and what names no transaction, stands for all until it was recorded. The
   * transactions' numbers on record have 32 bits: the full one is the nearest to the snapshot.
   */
  private static final String CLOSE =
      """
      UPDATE veer.finding f SET closed_by = ?, closed_at = clock_timestamp()
      WHERE migration = ? AND wave = ? AND table_schema = ? AND table_name = ?
        AND closed_by IS NULL
        AND NOT EXISTS (
          SELECT FROM unnest(?::text[], ?::text[]) AS h(place, snapshot),
            LATERAL (SELECT h.snapshot::pg_catalog.pg_snapshot AS seen) s,
            LATERAL (SELECT pg_catalog.pg_snapshot_xmax(s.seen)::text::bigint AS last) m,
            LATERAL (VALUES (CASE WHEN f.echo_xid ~ '^[0-9]{1,10}$' THEN f.echo_xid::bigint END),
              (CASE WHEN f.echo_transaction = -1 OR f.echo_xid !~ '^[0-9]{1,10}$'
                    THEN f.xmin::text::bigint END)) AS x(id),
            LATERAL (SELECT m.last - ((m.last - x.id + 2147483648) & 4294967295) + 2147483648
                     AS full_id) w
          WHERE f.echo_position::pg_lsn > h.place::pg_lsn
            OR x.id IS NOT NULL
               AND CASE WHEN w.full_id > 0
                        THEN NOT pg_catalog.pg_visible_in_snapshot(
                               w.full_id::text::pg_catalog.xid8, s.seen)
                        ELSE true END)
      """;

  private FindingRecords() {}

  /** What is open, per table; under empty what is of no table, as a gap in the echo is. */
  public static Map<Optional<TableId>, OpenFindings> open(Connection connection, WaveId wave)
      throws SQLException {
    Map<Optional<TableId>, OpenFindings> open = new HashMap<>();
    if (!RecordSchema.exists(connection)) {
      return open;
    }
    try (PreparedStatement query = connection.prepareStatement(OPEN)) {
      RecordSql.set(query, wave.migration(), wave.wave());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          open.put(
              Optional.ofNullable(table(row)),
              new OpenFindings(row.getLong(3), row.getLong(4), Position.parse(row.getString(5))));
        }
      }
    }
    return open;
  }

  /**
   * Closes the table's findings that a look has seen behind: up to a place in the target's commit
   * order, and of transactions that were visible.
   *
   * @param table null for those that are of no table: they need the proof of every table of the
   *     wave
   * @param upTo taken on the target before the snapshots in which the tables were seen, at least
   *     one: a transaction that ends between a snapshot and a place taken after it is not in the
   *     snapshot
   * @param by what has proven it, {@code scan 17}
   * @return how many
   */
  public static int close(
      Connection connection, WaveId wave, @Nullable TableId table, List<Horizon> upTo, String by)
      throws SQLException {
    return RecordSchema.exists(connection) && !upTo.isEmpty()
        ? RecordSql.update(
            connection,
            CLOSE,
            by,
            wave.migration(),
            wave.wave(),
            table == null ? "" : table.schema(),
            table == null ? "" : table.name(),
            places(connection, upTo),
            snapshots(connection, upTo))
        : 0;
  }

  /**
   * Closes the findings of these rows of a table, as {@link #close} does; those that speak of the
   * table as a whole stay open.
   *
   * @param keys the ledger's digests of the rows' keys
   */
  public static int closeRows(
      Connection connection,
      WaveId wave,
      TableId table,
      Collection<Digest128> keys,
      Horizon upTo,
      String by)
      throws SQLException {
    return RecordSchema.exists(connection)
        ? RecordSql.update(
            connection,
            CLOSE + " AND key_digest = ANY (?)",
            by,
            wave.migration(),
            wave.wave(),
            table.schema(),
            table.name(),
            places(connection, List.of(upTo)),
            snapshots(connection, List.of(upTo)),
            connection.createArrayOf("text", keys.stream().map(Digest128::text).toArray()))
        : 0;
  }

  private static Array places(Connection connection, List<Horizon> upTo) throws SQLException {
    return connection.createArrayOf(
        "text", upTo.stream().map(one -> one.position().text()).toArray());
  }

  private static Array snapshots(Connection connection, List<Horizon> upTo) throws SQLException {
    return connection.createArrayOf("text", upTo.stream().map(Horizon::snapshot).toArray());
  }

  /**
   * Keeps who is to blame for a finding.
   *
   * @param blame why, without values
   */
  public static void blame(Connection connection, long finding, String culprit, String blame)
      throws SQLException {
    RecordSql.update(
        connection,
        "UPDATE veer.finding SET culprit = ?, blame = ? WHERE id = ?",
        culprit,
        blame,
        finding);
  }

  /**
   * A wave's findings, oldest first, open or closed.
   *
   * @param table {@code schema.table}; null for all
   */
  public static List<FindingRecord> read(
      Connection connection, WaveId wave, @Nullable String table, int limit) throws SQLException {
    return read(connection, wave, new Chosen(table, false, null, null), 0, limit);
  }

  /**
   * Some of them.
   *
   * @param table {@code schema.table}; null for all
   * @param open whether only those that stand open
   * @param code null for any
   * @param column those of just these columns, as a cause names them; null for any
   */
  public record Chosen(
      @Nullable String table, boolean open, @Nullable String code, @Nullable String column) {}

  /**
   * The same from a place on, for who reads them page by page.
   *
   * @param after the id of the last one that is known; 0 for none
   */
  public static List<FindingRecord> read(
      Connection connection, WaveId wave, Chosen chosen, long after, int limit)
      throws SQLException {
    List<FindingRecord> findings = new ArrayList<>();
    if (!RecordSchema.exists(connection)) {
      return findings;
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT * FROM veer.finding f WHERE migration = ? AND wave = ?"
                + " AND (?::text IS NULL OR table_schema || '.' || table_name = ?)"
                + " AND (NOT ? OR closed_by IS NULL) AND (?::text IS NULL OR kind = ?)"
                + (" AND (?::text IS NULL OR " + CauseRecords.FINDING_COLUMN + " = ?)")
                + " AND id > ? ORDER BY id LIMIT ?")) {
      RecordSql.set(
          query,
          wave.migration(),
          wave.wave(),
          chosen.table(),
          chosen.table(),
          chosen.open(),
          chosen.code(),
          chosen.code(),
          chosen.column(),
          chosen.column(),
          after,
          limit);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          findings.add(finding(row));
        }
      }
    }
    return findings;
  }

  /**
   * The table of a row that one is on record of; empty if none is.
   *
   * @param table {@code schema.table}; the names may have dots
   */
  public static Optional<TableId> tableOf(
      Connection connection, WaveId wave, String table, String keyDigest) throws SQLException {
    if (!RecordSchema.exists(connection)) {
      return Optional.empty();
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT table_schema, table_name FROM veer.finding WHERE migration = ? AND wave = ?"
                + " AND table_schema || '.' || table_name = ? AND key_digest = ? LIMIT 1")) {
      RecordSql.set(query, wave.migration(), wave.wave(), table, keyDigest);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.ofNullable(table(row)) : Optional.empty();
      }
    }
  }

  private static FindingRecord finding(ResultSet row) throws SQLException {
    TableId table = table(row);
    Array columns = row.getArray("columns");
    return new FindingRecord(
        row.getLong("id"),
        row.getString("kind"),
        table == null ? "" : table.toString(),
        row.getString("key_digest"),
        row.getString("key_text"),
        List.of((String[]) columns.getArray()),
        row.getString("in_log"),
        row.getString("in_echo"),
        row.getLong("row_count"),
        row.getString("log_position"),
        row.getString("echo_position"),
        RecordSql.instant(row, "echo_committed_at"),
        row.getString("echo_xid"),
        row.getString("what"),
        Objects.requireNonNull(RecordSql.instant(row, "found_at")),
        row.getString("culprit"),
        row.getString("blame"),
        row.getString("closed_by"),
        RecordSql.instant(row, "closed_at"));
  }

  private static @Nullable TableId table(ResultSet row) throws SQLException {
    String schema = row.getString("table_schema");
    return schema.isEmpty() ? null : new TableId(schema, row.getString("table_name"));
  }
}
