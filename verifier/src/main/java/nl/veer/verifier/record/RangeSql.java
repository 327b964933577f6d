package nl.veer.verifier.record;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.event.WaveId;
import nl.veer.verifier.verdict.Cuts;
import nl.veer.verifier.verdict.RangeLook;
import nl.veer.verifier.verdict.RangeLooks;
import nl.veer.verifier.verdict.TableStatement;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the parts of each table that its last complete scan looked at: one row per table, with a
 * few numbers per part and no key.
 */
final class RangeSql {
  /** Chunks, rows, differing, unsettled, milliseconds since the epoch. */
  private static final int WIDTH = 5;

  private static final String WRITE =
      """
      INSERT INTO veer.scan_ranges (migration, wave, table_schema, table_name, load_mark, scan,
        source_rows, target_rows, source_position, target_position, oldest_at, newest_at, ranges)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (migration, wave, table_schema, table_name) DO UPDATE SET
        load_mark = excluded.load_mark, scan = excluded.scan,
        source_rows = excluded.source_rows, target_rows = excluded.target_rows,
        source_position = excluded.source_position, target_position = excluded.target_position,
        oldest_at = excluded.oldest_at, newest_at = excluded.newest_at, ranges = excluded.ranges
      """;

  private RangeSql() {}

  /** Nothing of a scan that did not look at everything. */
  static void write(
      Connection connection, WaveId wave, TableStatement table, String loadMark, long scan)
      throws SQLException {
    RangeLooks looks = table.ranges();
    Cuts last = table.last();
    Instant oldest = looks.oldest().orElse(null);
    if (!table.complete() || last == null || oldest == null) {
      return;
    }
    RecordSql.update(
        connection,
        WRITE,
        wave.migration(),
        wave.wave(),
        table.table().schema(),
        table.table().name(),
        loadMark,
        scan,
        table.source().rows(),
        table.target().rows(),
        last.source().position().text(),
        last.target().said().text(),
        oldest,
        looks.newest().orElse(oldest),
        connection.createArrayOf("bigint", numbers(looks)));
  }

  static Object[] numbers(RangeLooks looks) {
    List<Object> numbers = new ArrayList<>();
    for (RangeLook look : looks.all()) {
      numbers.add(look.chunks());
      numbers.add(look.rows());
      numbers.add(look.differing());
      numbers.add(look.unsettled());
      numbers.add(look.at().toEpochMilli());
    }
    return numbers.toArray();
  }

  /** Null of an older Veer's, that kept none. */
  static @Nullable RangeLooks read(ResultSet row, String column) throws SQLException {
    Array array = row.getArray(column);
    if (array == null) {
      return null;
    }
    Long[] numbers = (Long[]) array.getArray();
    List<RangeLook> looks = new ArrayList<>();
    for (int i = 0; i + WIDTH <= numbers.length; i += WIDTH) {
      looks.add(
          new RangeLook(
              numbers[i],
              numbers[i + 1],
              numbers[i + 2],
              numbers[i + 3],
              Instant.ofEpochMilli(numbers[i + 4])));
    }
    return new RangeLooks(looks);
  }
}
