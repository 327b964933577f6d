package nl.veer.verifier.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import nl.veer.connectors.dialect.postgres.PostgresSessions;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.verifier.verdict.RangeLooks;
import org.jspecify.annotations.Nullable;

/**
 * What scans of a wave's tables have left on record, for people who look at them. Each call is a
 * question or two in the caller's transaction, however many tables there are; nothing is known as
 * long as no verifier of this Veer has kept anything.
 */
public final class ScanHistory {
  /** A table's load, and what belongs to it. */
  private static final String OF_LOAD =
      """
      FROM veer.load l
      LEFT JOIN veer.scan_ranges r ON r.migration = l.migration AND r.wave = l.wave
        AND r.table_schema = l.table_schema AND r.table_name = l.table_name
        AND r.load_mark = l.boundary || ' ' || extract(epoch FROM l.completed_at)
      LEFT JOIN veer.scan_progress p ON p.migration = l.migration AND p.wave = l.wave
        AND p.table_schema = l.table_schema AND p.table_name = l.table_name
        AND p.load_mark = l.boundary || ' ' || extract(epoch FROM l.completed_at)
      LEFT JOIN LATERAL (
        SELECT s.id, s.unsettled + s.unexamined AS unsettled, s.kept_at, s.load_mark
        FROM veer.scan s
        WHERE s.migration = l.migration AND s.wave = l.wave
          AND s.table_schema = l.table_schema AND s.table_name = l.table_name
        ORDER BY s.id DESC LIMIT 1) s
        ON s.load_mark = l.boundary || ' ' || extract(epoch FROM l.completed_at)
      """;

  /**
   * The parts themselves are read only of the few tables of which some are old and some are not: of
   * those that a scan was, or is, in the middle of.
   */
  private static final String LOOKS =
      """
      SELECT l.table_schema, l.table_name, l.row_count AS loaded, r.source_rows, r.target_rows,
        r.source_position, r.target_position, r.oldest_at, r.newest_at, p.ranges AS ahead,
        CASE WHEN p.ranges IS NOT NULL OR r.oldest_at < ? AND r.newest_at >= ? THEN r.ranges END
          AS ranges, s.unsettled
      """
          + OF_LOAD
          + """
      WHERE l.migration = ? AND l.wave = ? ORDER BY l.table_schema, l.table_name
      """;

  private static final String PARTS =
      """
      SELECT l.row_count AS loaded, r.scan, r.ranges, r.source_position, p.ranges AS ahead,
        s.kept_at AS last_at, (SELECT kept_at FROM veer.scan k WHERE k.id = r.scan) AS kept_at,
        (SELECT count(*) FROM veer.difference d
         WHERE d.migration = l.migration AND d.wave = l.wave AND d.table_schema = l.table_schema
           AND d.table_name = l.table_name AND d.state = 'OPEN') AS differences
      """
          + OF_LOAD
          + """
      WHERE l.migration = ? AND l.wave = ? AND l.table_schema = ? AND l.table_name = ?
      """;

  private static final String SCANS =
      """
      SELECT id, kind, complete, verdict, coalesce(begun_at, started_at) AS started_at, kept_at,
        greatest(source_rows, target_rows) AS rows, differing, source_position, target_position
      FROM veer.scan
      WHERE migration = ? AND wave = ? AND table_schema = ? AND table_name = ?
      ORDER BY id DESC LIMIT ?
      """;

  /** The one that was kept last of all is the one that runs, if one does. */
  private static final String UNDER_WAY =
      """
      SELECT p.kind, p.begun_at, p.saved_at, p.sums, p.counts, p.last_cuts,
        p.saved_at >= (SELECT max(q.saved_at) FROM veer.scan_progress q
                       WHERE q.migration = p.migration AND q.wave = p.wave) AS last
      FROM veer.scan_progress p
      WHERE p.migration = ? AND p.wave = ? AND p.table_schema = ? AND p.table_name = ?
        AND p.begun_at IS NOT NULL
      """;

  private static final String COLUMNS =
      """
      SELECT c.name, count(*) FROM veer.difference d
      CROSS JOIN LATERAL json_array_elements_text(d.columns::json) AS c(name)
      WHERE d.migration = ? AND d.wave = ? AND d.table_schema = ? AND d.table_name = ?
        AND d.state = 'OPEN'
      GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?
      """;

  private static final String EXISTS =
      """
      SELECT count(*) = 2 FROM pg_catalog.pg_attribute
      WHERE attrelid IN (pg_catalog.to_regclass('veer.scan_ranges'),
                         pg_catalog.to_regclass('veer.scan_progress'))
        AND attname = 'ranges' AND NOT attisdropped
      """;

  private ScanHistory() {}

  /**
   * What was counted, of each table of the wave.
   *
   * @param since looks that are older do not count as coverage
   */
  public static List<TableLook> looks(Connection connection, WaveId wave, Instant since)
      throws SQLException {
    List<TableLook> looks = new ArrayList<>();
    if (!exists(connection)) {
      return looks;
    }
    try (PreparedStatement query = connection.prepareStatement(LOOKS)) {
      RecordSql.set(query, since, since, wave.migration(), wave.wave());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          looks.add(look(row, since));
        }
      }
    }
    return looks;
  }

  private static TableLook look(ResultSet row, Instant since) throws SQLException {
    RangeLooks ahead = RangeSql.read(row, "ahead");
    RangeLooks ranges = RangeSql.read(row, "ranges");
    Instant oldest = RecordSql.instant(row, "oldest_at");
    Instant newest = RecordSql.instant(row, "newest_at");
    Coverage coverage =
        ahead == null && ranges == null
            ? Coverage.whole(oldest, newest, since)
            : Coverage.of(ahead, ranges, row.getLong("loaded"), since);
    return new TableLook(
        new TableId(row.getString("table_schema"), row.getString("table_name")),
        RecordSql.number(row, "source_rows"),
        RecordSql.number(row, "target_rows"),
        row.getString("source_position"),
        row.getString("target_position"),
        coverage.share(),
        coverage.oldest(),
        RecordSql.number(row, "unsettled"));
  }

  /** A table's parts; empty if there is no such table. */
  public static Optional<TableParts> parts(Connection connection, WaveId wave, TableId table)
      throws SQLException {
    if (!exists(connection)) {
      return Optional.empty();
    }
    try (PreparedStatement query = connection.prepareStatement(PARTS)) {
      RecordSql.set(query, wave.migration(), wave.wave(), table.schema(), table.name());
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(parts(row)) : Optional.empty();
      }
    }
  }

  private static TableParts parts(ResultSet row) throws SQLException {
    RangeLooks ahead = RangeSql.read(row, "ahead");
    RangeLooks whole = RangeSql.read(row, "ranges");
    RangeLooks front = ahead == null ? RangeLooks.NONE : ahead;
    return new TableParts(
        RecordSql.number(row, "scan"),
        RecordSql.instant(row, "kept_at"),
        RecordSql.instant(row, "last_at"),
        row.getString("source_position"),
        whole == null ? front : front.over(whole),
        whole == null ? Math.max(0, row.getLong("loaded") - front.rows()) : 0,
        row.getLong("differences"));
  }

  /** A table's scans, the last one first. */
  public static List<PastScan> scans(Connection connection, WaveId wave, TableId table, int limit)
      throws SQLException {
    List<PastScan> scans = new ArrayList<>();
    if (!exists(connection)) {
      return scans;
    }
    underWay(connection, wave, table).ifPresent(scans::add);
    try (PreparedStatement query = connection.prepareStatement(SCANS)) {
      RecordSql.set(
          query, wave.migration(), wave.wave(), table.schema(), table.name(), limit - scans.size());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          scans.add(past(row));
        }
      }
    }
    return scans;
  }

  private static PastScan past(ResultSet row) throws SQLException {
    return new PastScan(
        row.getLong("id"),
        row.getString("kind"),
        flag(row, "complete"),
        false,
        true,
        row.getString("verdict"),
        Objects.requireNonNull(RecordSql.instant(row, "started_at")),
        Objects.requireNonNull(RecordSql.instant(row, "kept_at")),
        row.getLong("rows"),
        row.getLong("differing"),
        row.getString("source_position"),
        row.getString("target_position"));
  }

  private static Optional<PastScan> underWay(Connection connection, WaveId wave, TableId table)
      throws SQLException {
    boolean runs = PostgresSessions.anyFor(connection, List.of(ScanStore.purpose(wave)));
    try (PreparedStatement query = connection.prepareStatement(UNDER_WAY)) {
      RecordSql.set(query, wave.migration(), wave.wave(), table.schema(), table.name());
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(underWay(row, runs)) : Optional.empty();
      }
    }
  }

  private static PastScan underWay(ResultSet row, boolean runs) throws SQLException {
    ProgressSql.Counted counted = ProgressSql.counted(row);
    return new PastScan(
        null,
        row.getString("kind"),
        null,
        runs && row.getBoolean("last"),
        false,
        counted.differing() > 0 ? "DIFFERENT" : "UNKNOWN",
        Objects.requireNonNull(RecordSql.instant(row, "begun_at")),
        Objects.requireNonNull(RecordSql.instant(row, "saved_at")),
        counted.rows(),
        counted.differing(),
        counted.last().source().position().text(),
        counted.last().target().said().text());
  }

  private static @Nullable Boolean flag(ResultSet row, String column) throws SQLException {
    boolean flag = row.getBoolean(column);
    return row.wasNull() ? null : (Boolean) flag;
  }

  /**
   * In how many of a table's open differences each column differs, the most first.
   *
   * @param limit of the columns
   */
  public static Map<String, Long> columns(
      Connection connection, WaveId wave, TableId table, int limit) throws SQLException {
    Map<String, Long> columns = new LinkedHashMap<>();
    if (!ScanSchema.exists(connection)) {
      return columns;
    }
    try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
      RecordSql.set(query, wave.migration(), wave.wave(), table.schema(), table.name(), limit);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          columns.put(row.getString(1), row.getLong(2));
        }
      }
    }
    return columns;
  }

  /** Whether a verifier has kept parts of tables; an older one keeps none. */
  static boolean exists(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(EXISTS);
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getBoolean(1);
    }
  }
}
