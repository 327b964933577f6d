package nl.veer.verifier.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.verifier.verdict.Cuts;
import nl.veer.verifier.verdict.Exclusion;
import nl.veer.verifier.verdict.Scanned;
import nl.veer.verifier.verdict.TableStatement;
import nl.veer.verifier.verdict.UnknownReason;
import nl.veer.verifier.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/** Reads and writes what scans said of tables. */
final class ScanSql {
  /** Of each table; more than enough to see a course of days. */
  private static final int KEPT = 100;

  /** What {@link #exclusions} reads of a scan {@code s}, as columns of a query. */
  static final String EXCLUSIONS =
      """
      ARRAY(SELECT x."column" FROM json_to_recordset(s.exclusions::json)
            AS x("column" text)) AS left_columns,
      ARRAY(SELECT x.why FROM json_to_recordset(s.exclusions::json)
            AS x(why text)) AS left_why,
      ARRAY(SELECT x.rows FROM json_to_recordset(s.exclusions::json)
            AS x(rows bigint)) AS left_rows
      """;

  private static final String WRITE =
      """
      INSERT INTO veer.scan (migration, wave, table_schema, table_name, verdict, reason, words,
        hash, source_position, target_position, first_source_position, begun_position, begun_snapshot, load_mark,
        first_transaction, first_source_snapshot, source_rows, target_rows, source_sum, target_sum, chunks, differing, settled_later,
        unsettled, unexamined, one_position, started_at, duration_ms, kind, complete, begun_at, exclusions)
      SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
        ?, ?, ?::timestamptz,
        (SELECT coalesce(json_agg(json_build_object('column', x.c, 'why', x.w, 'rows', x.r)),
                         '[]'::json)::text
         FROM unnest(?::text[], ?::text[], ?::bigint[]) AS x(c, w, r))
      RETURNING id
      """;

  /** The last ones of each of the wave's tables. An older Veer's table has no {@code begun_at}. */
  private static final String LAST =
      """
      SELECT s.*, l.boundary || ' ' || extract(epoch FROM l.completed_at) AS present_mark,
        coalesce((to_jsonb(s) ->> 'begun_at')::timestamptz, s.started_at) AS looked_from,
      """
          + EXCLUSIONS
          + """
      FROM veer.load l CROSS JOIN LATERAL (
        SELECT * FROM veer.scan s
        WHERE s.migration = l.migration AND s.wave = l.wave
          AND s.table_schema = l.table_schema AND s.table_name = l.table_name
        ORDER BY s.id DESC LIMIT ?) s
      WHERE l.migration = ? AND l.wave = ? ORDER BY s.id DESC
      """;

  private static final String ONE =
      """
      SELECT s.*,
      """
          + EXCLUSIONS
          + """
      FROM veer.scan s WHERE s.id = ?
      """;

  private static final String ALL_PROVEN =
      """
      SELECT s.begun_position, s.begun_snapshot
      FROM veer.load l LEFT JOIN LATERAL (
        SELECT * FROM (
          SELECT * FROM veer.scan s
          WHERE s.migration = l.migration AND s.wave = l.wave
            AND s.table_schema = l.table_schema AND s.table_name = l.table_name
          ORDER BY s.id DESC LIMIT 1) last
        WHERE last.verdict = 'EQUAL' AND last.begun_snapshot IS NOT NULL
          AND last.load_mark = l.boundary || ' ' || extract(epoch FROM l.completed_at)) s ON true
      WHERE l.migration = ? AND l.wave = ?
      """;

  private ScanSql() {}

  /** Answers the statement's id. */
  static long write(
      Connection connection,
      WaveId wave,
      TableStatement table,
      String hash,
      Instant startedAt,
      ScanKind kind,
      @Nullable Beginning begun)
      throws SQLException {
    Cuts first = table.first();
    Cuts last = table.last();
    List<Exclusion> left = table.exclusions();
    try (PreparedStatement insert = connection.prepareStatement(WRITE)) {
      RecordSql.set(
          insert,
          wave.migration(),
          wave.wave(),
          table.table().schema(),
          table.table().name(),
          table.verdict().word(),
          table.verdict() instanceof Verdict.Unknown unknown ? unknown.reason().name() : null,
          table.verdict() instanceof Verdict.Unknown unknown ? unknown.words() : null,
          hash,
          last == null ? null : last.source().position().text(),
          last == null ? null : last.target().said().text(),
          first == null ? null : first.source().position().text(),
          begun == null ? null : begun.horizon().position().text(),
          begun == null ? null : begun.horizon().snapshot(),
          begun == null ? null : begun.loadMark(),
          firstTransaction(first),
          first == null ? null : first.source().snapshot(),
          table.source().rows(),
          table.target().rows(),
          table.source().text(),
          table.target().text(),
          table.chunks(),
          table.differing(),
          table.settledLater(),
          table.unsettled(),
          table.unexamined(),
          table.onePosition(),
          startedAt,
          table.duration().toMillis(),
          kind.name(),
          table.complete(),
          begun == null ? null : begun.at(),
          connection.createArrayOf("text", left.stream().map(Exclusion::column).toArray()),
          connection.createArrayOf("text", left.stream().map(Exclusion::why).toArray()),
          connection.createArrayOf("bigint", left.stream().map(Exclusion::rows).toArray()));
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        long id = row.getLong(1);
        prune(connection, wave, table.table());
        return id;
      }
    }
  }

  private static @Nullable Long firstTransaction(@Nullable Cuts first) {
    return first == null || first.target().stamp() == null
        ? null
        : (Long) first.target().stamp().transaction();
  }

  private static void prune(Connection connection, WaveId wave, TableId table) throws SQLException {
    RecordSql.update(
        connection,
        "DELETE FROM veer.scan WHERE migration = ? AND wave = ? AND table_schema = ?"
            + " AND table_name = ? AND id <= (SELECT id FROM veer.scan WHERE migration = ?"
            + " AND wave = ? AND table_schema = ? AND table_name = ?"
            + " ORDER BY id DESC OFFSET ? LIMIT 1)",
        wave.migration(),
        wave.wave(),
        table.schema(),
        table.name(),
        wave.migration(),
        wave.wave(),
        table.schema(),
        table.name(),
        KEPT);
  }

  /**
   * The last statements of each of the wave's tables, newest first.
   *
   * @param most of each table
   */
  static Map<TableId, List<Scanned>> last(Connection connection, WaveId wave, int most)
      throws SQLException {
    Map<TableId, List<Scanned>> last = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(LAST)) {
      RecordSql.set(query, most, wave.migration(), wave.wave());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          TableId table = new TableId(row.getString("table_schema"), row.getString("table_name"));
          last.computeIfAbsent(table, any -> new ArrayList<>()).add(scanned(row));
        }
      }
    }
    return last;
  }

  private static Scanned scanned(ResultSet row) throws SQLException {
    String mark = row.getString("load_mark");
    return new Scanned(
        row.getLong("id"),
        verdict(row, row.getLong("differing")),
        row.getLong("unsettled"),
        mark != null && mark.equals(row.getString("present_mark")),
        RecordSql.position(row, "first_source_position"),
        RecordSql.position(row, "source_position"),
        RecordSql.number(row, "first_transaction"),
        exclusions(row),
        Objects.requireNonNull(RecordSql.instant(row, "looked_from")),
        Objects.requireNonNull(RecordSql.instant(row, "kept_at")));
  }

  static Optional<KeptStatement> statement(Connection connection, long id) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(ONE)) {
      RecordSql.set(query, id);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(kept(row)) : Optional.empty();
      }
    }
  }

  private static KeptStatement kept(ResultSet row) throws SQLException {
    return new KeptStatement(
        row.getLong("id"),
        new TableId(row.getString("table_schema"), row.getString("table_name")),
        row.getString("verdict"),
        row.getString("reason"),
        row.getString("words"),
        row.getString("hash"),
        row.getString("first_source_position"),
        row.getString("source_position"),
        row.getString("target_position"),
        row.getLong("source_rows"),
        row.getLong("target_rows"),
        row.getString("source_sum"),
        row.getString("target_sum"),
        row.getLong("chunks"),
        row.getLong("differing"),
        row.getLong("settled_later"),
        row.getLong("unsettled"),
        row.getLong("unexamined"),
        exclusions(row),
        row.getBoolean("one_position"),
        Objects.requireNonNull(RecordSql.instant(row, "started_at")),
        row.getLong("duration_ms"));
  }

  static List<Exclusion> exclusions(ResultSet row) throws SQLException {
    String[] columns = (String[]) row.getArray("left_columns").getArray();
    String[] why = (String[]) row.getArray("left_why").getArray();
    Long[] rows = (Long[]) row.getArray("left_rows").getArray();
    List<Exclusion> exclusions = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      exclusions.add(new Exclusion(columns[i], why[i], rows[i]));
    }
    return exclusions;
  }

  /**
   * Up to where on the target each table of the wave is proven by its last scan; empty if one is
   * not.
   */
  static List<Horizon> allProven(Connection connection, WaveId wave) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(ALL_PROVEN)) {
      RecordSql.set(query, wave.migration(), wave.wave());
      try (ResultSet row = query.executeQuery()) {
        List<Horizon> proven = new ArrayList<>();
        while (row.next()) {
          String place = row.getString(1);
          if (place == null) {
            return List.of();
          }
          proven.add(new Horizon(Position.parse(place), row.getString(2)));
        }
        return proven;
      }
    }
  }

  /** A verdict as it was written: its word, and its reason and words where it has them. */
  static Verdict verdict(ResultSet row, long rows) throws SQLException {
    String reason = row.getString("reason");
    return switch (row.getString("verdict")) {
      case "EQUAL" -> Verdict.equal();
      case "DIFFERENT" -> new Verdict.Different(Math.max(1, rows));
      default ->
          Verdict.unknown(
              reason == null ? UnknownReason.ERROR : UnknownReason.valueOf(reason),
              String.valueOf(row.getString("words")));
    };
  }
}
