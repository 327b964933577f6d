package nl.veer.verifier.record;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.verifier.scan.ChunkOutcome;
import nl.veer.verifier.scan.TableProgress;
import nl.veer.verifier.verdict.Cuts;
import nl.veer.verifier.verdict.Difference;
import nl.veer.verifier.verdict.RangeLooks;
import nl.veer.verifier.verdict.RowKey;
import nl.veer.verifier.verdict.RowSum;

/** Reads and writes how far a table's scan is. */
final class ProgressSql {
  private static final String WRITE =
      """
      INSERT INTO veer.scan_progress (migration, wave, table_schema, table_name, load_mark,
        begun_position, begun_snapshot, begun_at, shape, bound, sums, counts, first_cuts, last_cuts, one_position, kinds,
        keys, columns, kind, ranges)
      SELECT s.migration, s.wave, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
      FROM veer.scanner s WHERE s.migration = ? AND s.wave = ? AND s.epoch = ?
      FOR SHARE OF s
      ON CONFLICT (migration, wave, table_schema, table_name) DO UPDATE SET
        load_mark = excluded.load_mark, begun_position = excluded.begun_position,
        begun_snapshot = excluded.begun_snapshot, begun_at = excluded.begun_at,
        shape = excluded.shape, bound = excluded.bound, sums = excluded.sums,
        counts = excluded.counts, first_cuts = excluded.first_cuts,
        last_cuts = excluded.last_cuts, one_position = excluded.one_position,
        kinds = excluded.kinds, keys = excluded.keys, columns = excluded.columns,
        kind = excluded.kind, ranges = excluded.ranges,
        saved_at = clock_timestamp()
      """;

  private ProgressSql() {}

  /** What was kept, and what was so when it began. */
  record Kept(Beginning beginning, TableProgress progress) {}

  static Optional<Kept> read(Connection connection, WaveId wave, TableId table)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT * FROM veer.scan_progress WHERE migration = ? AND wave = ?"
                + " AND table_schema = ? AND table_name = ?")) {
      RecordSql.set(query, wave.migration(), wave.wave(), table.schema(), table.name());
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? kept(row, table) : Optional.empty();
      }
    }
  }

  /**
   * Of an older Veer's it is not known what was visible when it began, or which parts it looked at:
   * it begins anew.
   */
  private static Optional<Kept> kept(ResultSet row, TableId table) throws SQLException {
    String snapshot = row.getString("begun_snapshot");
    Instant at = RecordSql.instant(row, "begun_at");
    RangeLooks ranges = RangeSql.read(row, "ranges");
    if (snapshot == null || at == null || ranges == null) {
      return Optional.empty();
    }
    Position position = Position.parse(row.getString("begun_position"));
    return Optional.of(
        new Kept(
            new Beginning(row.getString("load_mark"), new Horizon(position, snapshot), at),
            new TableProgress(
                table,
                row.getString("shape"),
                List.of(texts(row, "bound")),
                outcome(row),
                ranges)));
  }

  /**
   * What has come of it so far, without the differences.
   *
   * @param rows of the larger side
   */
  record Counted(long rows, long differing, Cuts last) {}

  static Counted counted(ResultSet row) throws SQLException {
    String[] sums = texts(row, "sums");
    Long[] counts = (Long[]) row.getArray("counts").getArray();
    return new Counted(
        Math.max(Long.parseLong(sums[0]), Long.parseLong(sums[2])),
        counts[1],
        CutsText.read(texts(row, "last_cuts")));
  }

  private static ChunkOutcome outcome(ResultSet row) throws SQLException {
    String[] sums = texts(row, "sums");
    Long[] counts = (Long[]) row.getArray("counts").getArray();
    String[] kinds = texts(row, "kinds");
    String[] keys = texts(row, "keys");
    String[] columns = texts(row, "columns");
    List<Difference> differences = new ArrayList<>();
    for (int i = 0; i < kinds.length; i++) {
      differences.add(
          new Difference(
              new RowKey(JsonTexts.read(keys[i])),
              Difference.Kind.valueOf(kinds[i]),
              JsonTexts.read(columns[i])));
    }
    return new ChunkOutcome(
        new RowSum(Long.parseLong(sums[0]), new BigInteger(sums[1])),
        new RowSum(Long.parseLong(sums[2]), new BigInteger(sums[3])),
        counts[0],
        counts[1],
        differences,
        counts[2],
        counts[3],
        counts[4],
        CutsText.read(texts(row, "first_cuts")),
        CutsText.read(texts(row, "last_cuts")),
        row.getBoolean("one_position"));
  }

  private static String[] texts(ResultSet row, String column) throws SQLException {
    return (String[]) row.getArray(column).getArray();
  }

  /**
   * @return whether the epoch still is this one
   */
  static boolean write(
      Connection connection,
      WaveId wave,
      long epoch,
      Beginning begun,
      TableProgress progress,
      ScanKind kind)
      throws SQLException {
    ChunkOutcome done = progress.outcome();
    List<Difference> differences = done.differences();
    int hit =
        RecordSql.update(
            connection,
            WRITE,
            progress.table().schema(),
            progress.table().name(),
            begun.loadMark(),
            begun.horizon().position().text(),
            begun.horizon().snapshot(),
            begun.at(),
            progress.shape(),
            connection.createArrayOf("text", progress.bound().toArray()),
            connection.createArrayOf("text", sums(done)),
            connection.createArrayOf("bigint", counts(done)),
            connection.createArrayOf("text", CutsText.write(done.first())),
            connection.createArrayOf("text", CutsText.write(done.last())),
            done.onePosition(),
            connection.createArrayOf(
                "text", differences.stream().map(one -> one.kind().name()).toArray()),
            connection.createArrayOf(
                "text",
                differences.stream().map(one -> JsonTexts.write(one.key().texts())).toArray()),
            connection.createArrayOf(
                "text", differences.stream().map(one -> JsonTexts.write(one.columns())).toArray()),
            kind.name(),
            connection.createArrayOf("bigint", RangeSql.numbers(progress.ranges())),
            wave.migration(),
            wave.wave(),
            epoch);
    return hit == 1;
  }

  private static Object[] sums(ChunkOutcome done) {
    return new Object[] {
      Long.toString(done.source().rows()), done.source().sum().toString(),
      Long.toString(done.target().rows()), done.target().sum().toString()
    };
  }

  private static Object[] counts(ChunkOutcome done) {
    return new Object[] {
      done.chunks(), done.differing(), done.settledLater(), done.unsettled(), done.unexamined()
    };
  }

  /** Nothing if the epoch is another by now. */
  static void delete(Connection connection, WaveId wave, long epoch, TableId table)
      throws SQLException {
    RecordSql.update(
        connection,
        "DELETE FROM veer.scan_progress p USING veer.scanner s"
            + " WHERE p.migration = s.migration AND p.wave = s.wave"
            + " AND s.migration = ? AND s.wave = ? AND s.epoch = ?"
            + " AND p.table_schema = ? AND p.table_name = ?",
        wave.migration(),
        wave.wave(),
        epoch,
        table.schema(),
        table.name());
  }
}
