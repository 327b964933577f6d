package nl.veer.verifier.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import nl.veer.connectors.event.WaveId;
import nl.veer.verifier.record.CauseRecord.Counts;
import nl.veer.verifier.record.CauseRecord.FoundBy;

/**
 * A wave's differences and findings by cause, grouped inside the database, so that their number
 * does not matter to whoever asks. Stateless.
 */
public final class CauseRecords {
  /** So many open ones are counted, and so many of the newest closed ones. */
  private static final int COUNTED = 100_000;

  /** The worst first. */
  public static final Comparator<CauseRecord> WORST =
      Comparator.comparingLong((CauseRecord one) -> one.counts().open())
          .thenComparing(CauseRecord::lastAt)
          .reversed()
          .thenComparing(CauseRecord::table)
          .thenComparing(CauseRecord::kind)
          .thenComparing(CauseRecord::column);

  /** The columns of a difference as a cause names them; they are kept as a JSON array. */
  static final String DIFFERENCE_COLUMN =
      """
      coalesce((SELECT pg_catalog.string_agg(c, ', ' ORDER BY c COLLATE "C")
                FROM pg_catalog.json_array_elements_text(d.columns::json) AS c), '')\
      """;

  /** The columns of a finding as a cause names them. */
  static final String FINDING_COLUMN =
      """
      coalesce((SELECT pg_catalog.string_agg(c, ', ' ORDER BY c COLLATE "C")
                FROM pg_catalog.unnest(f.columns) AS c), '')\
      """;

  /**
   * Both moments of a difference are set when it is first seen, one after the other. An EQUAL scan
   * that began no earlier in the source than where a difference was seen last, and ended after its
   * repair, has read its row behind the repair: before, it was not equal.
   */
  private static final String DIFFERENCES =
      """
      WITH chosen AS MATERIALIZED (
        (SELECT * FROM veer.difference WHERE migration = ? AND wave = ? AND state = 'OPEN' LIMIT ?)
        UNION ALL
        (SELECT * FROM veer.difference WHERE migration = ? AND wave = ? AND state <> 'OPEN'
         ORDER BY id DESC LIMIT ?)),
      proof AS (
        SELECT t.*, s.kept_at, s.first_source_position
        FROM (SELECT DISTINCT migration, wave, table_schema, table_name FROM chosen) t
        CROSS JOIN LATERAL (
          SELECT s.kept_at, s.first_source_position FROM veer.scan s
          WHERE s.migration = t.migration AND s.wave = t.wave AND s.table_schema = t.table_schema
            AND s.table_name = t.table_name AND s.verdict = 'EQUAL' ORDER BY s.id DESC LIMIT 1) s),
      stated AS (
        SELECT d.id, d.table_schema, d.table_name, d.kind, d.found_at,
          greatest(d.last_seen_at, d.closed_at) AS last_at, d.state = 'OPEN' AS open, 1 AS weight,
          %s AS col,
          CASE WHEN d.state = 'OPEN' AND d.culprit <> 'UNKNOWN' THEN 'EXPLAINED'
               WHEN d.state = 'OPEN' AND d.last_seen_at > d.found_at + interval '1 second'
                 THEN 'CONFIRMED'
               WHEN d.state = 'OPEN' THEN 'FRESH'
               WHEN d.state = 'GONE' THEN 'VERIFIED'
               WHEN p.kept_at > d.closed_at
                 AND p.first_source_position::pg_lsn >= d.source_position::pg_lsn THEN 'VERIFIED'
               ELSE 'REPAIRED' END AS standing
        FROM chosen d LEFT JOIN proof p ON p.table_schema = d.table_schema
          AND p.table_name = d.table_name)
      """
          .formatted(DIFFERENCE_COLUMN);

  /** What is counted only stands for all of its rows. */
  private static final String FINDINGS =
      """
      WITH chosen AS MATERIALIZED (
        (SELECT * FROM veer.finding WHERE migration = ? AND wave = ? AND closed_by IS NULL LIMIT ?)
        UNION ALL
        (SELECT * FROM veer.finding WHERE migration = ? AND wave = ? AND closed_by IS NOT NULL
         ORDER BY id DESC LIMIT ?)),
      proof AS (
        SELECT t.*, s.equal_at, s.different_at
        FROM (SELECT DISTINCT migration, wave, table_schema, table_name FROM chosen) t
        CROSS JOIN LATERAL (
          SELECT max(s.kept_at) FILTER (WHERE s.verdict = 'EQUAL') AS equal_at,
            max(s.kept_at) FILTER (WHERE s.verdict = 'DIFFERENT') AS different_at
          FROM veer.scan s
          WHERE s.migration = t.migration AND s.wave = t.wave AND s.table_schema = t.table_schema
            AND s.table_name = t.table_name) s),
      stated AS (
        SELECT f.id, f.table_schema, f.table_name, f.kind, f.found_at,
          coalesce(f.closed_at, f.found_at) AS last_at, f.closed_by IS NULL AS open,
          CASE WHEN f.echo_transaction = -1 THEN f.row_count ELSE 1 END AS weight, %s AS col,
          CASE WHEN f.closed_by IS NULL AND f.culprit <> 'UNKNOWN' THEN 'EXPLAINED'
               WHEN f.closed_by IS NULL AND p.different_at > f.found_at THEN 'CONFIRMED'
               WHEN f.closed_by IS NULL THEN 'FRESH'
               WHEN f.closed_by NOT LIKE 'repair %%' OR p.equal_at > f.closed_at THEN 'VERIFIED'
               ELSE 'REPAIRED' END AS standing
        FROM chosen f LEFT JOIN proof p ON p.table_schema = f.table_schema
          AND p.table_name = f.table_name)
      """
          .formatted(FINDING_COLUMN);

  private static final String GROUPED =
      """
      , grouped AS (
        SELECT table_schema, table_name, kind, col,
          coalesce(sum(weight) FILTER (WHERE standing = 'FRESH'), 0) AS fresh,
          coalesce(sum(weight) FILTER (WHERE standing = 'CONFIRMED'), 0) AS confirmed,
          coalesce(sum(weight) FILTER (WHERE standing = 'EXPLAINED'), 0) AS explained,
          coalesce(sum(weight) FILTER (WHERE standing = 'REPAIRED'), 0) AS repaired,
          coalesce(sum(weight) FILTER (WHERE standing = 'VERIFIED'), 0) AS verified,
          coalesce(sum(weight) FILTER (WHERE open), 0) AS open,
          min(found_at) AS first_at, max(last_at) AS last_at,
          coalesce(min(id) FILTER (WHERE open), max(id)) AS example,
          max(id) FILTER (WHERE standing = 'EXPLAINED') AS explained_one
        FROM stated GROUP BY table_schema, table_name, kind, col
        HAVING ? OR bool_or(open)
        ORDER BY open DESC, last_at DESC, table_schema, table_name, kind, col LIMIT ?)
      SELECT g.*, e.key_digest, %s AS what, b.culprit, b.blame,
        (SELECT greatest(count(*) FILTER (WHERE open), count(*) FILTER (WHERE NOT open))
         FROM stated) AS counted
      FROM grouped g JOIN chosen e ON e.id = g.example LEFT JOIN chosen b ON b.id = g.explained_one
      """;

  private CauseRecords() {}

  /**
   * The worst ones.
   *
   * @param whole whether these are all, and all that there is was counted
   */
  public record Found(List<CauseRecord> causes, boolean whole) {

    public Found {
      causes = List.copyOf(causes);
    }
  }

  /**
   * Reads them; none where nobody has looked yet.
   *
   * @param closed also those of which nothing is open
   */
  public static Found read(Connection connection, WaveId wave, boolean closed, int limit)
      throws SQLException {
    List<CauseRecord> causes = new ArrayList<>();
    boolean whole = true;
    if (ScanSchema.exists(connection)) {
      String differences = DIFFERENCES + GROUPED.formatted("''");
      whole = read(connection, FoundBy.SCAN, differences, wave, closed, limit, causes);
      String findings = FINDINGS + GROUPED.formatted("e.what");
      whole &= read(connection, FoundBy.LEDGER, findings, wave, closed, limit, causes);
    }
    List<CauseRecord> sorted = causes.stream().sorted(WORST).limit(limit).toList();
    return new Found(sorted, whole && causes.size() <= limit);
  }

  private static boolean read(
      Connection connection,
      FoundBy by,
      String sql,
      WaveId wave,
      boolean closed,
      int limit,
      List<CauseRecord> into)
      throws SQLException {
    boolean whole = true;
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      RecordSql.set(
          query,
          wave.migration(),
          wave.wave(),
          COUNTED,
          wave.migration(),
          wave.wave(),
          COUNTED,
          closed,
          limit + 1);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          into.add(cause(by, row));
          whole = row.getLong("counted") < COUNTED;
        }
      }
    }
    return whole;
  }

  private static CauseRecord cause(FoundBy by, ResultSet row) throws SQLException {
    String schema = row.getString("table_schema");
    return new CauseRecord(
        by,
        schema.isEmpty() ? "" : schema + "." + row.getString("table_name"),
        row.getString("kind"),
        row.getString("col"),
        new Counts(
            row.getLong("fresh"),
            row.getLong("confirmed"),
            row.getLong("explained"),
            row.getLong("repaired"),
            row.getLong("verified")),
        Objects.requireNonNull(RecordSql.instant(row, "first_at")),
        Objects.requireNonNull(RecordSql.instant(row, "last_at")),
        row.getLong("example"),
        row.getString("key_digest"),
        row.getString("what"),
        row.getString("culprit"),
        row.getString("blame"));
  }
}
