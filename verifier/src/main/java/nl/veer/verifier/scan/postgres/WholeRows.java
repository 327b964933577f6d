package nl.veer.verifier.scan.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nl.veer.verifier.verdict.RowKey;
import org.jspecify.annotations.Nullable;

/**
 * Finds rows of a table without a key by the digest that a scan knows them by, which takes reading
 * the table once. Under the settings of the session, which must be Veer's; stateless.
 */
public final class WholeRows {
  private WholeRows() {}

  /**
   * Equal rows. Holds their values, so it prints without them.
   *
   * @param rows how many there are
   * @param texts the values of the table's columns, in their order
   */
  public record Copies(long rows, List<@Nullable String> texts) {
    @Override
    public String toString() {
      return rows + " equal rows";
    }
  }

  /** The rows with these digests; what is not there is left out. */
  public static Map<RowKey, Copies> of(
      Connection connection, ScanTable table, Side side, RowHash hash, Collection<RowKey> wanted)
      throws SQLException {
    Map<RowKey, Copies> found = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(sql(table, side, hash))) {
      Object[] digests = wanted.stream().map(key -> key.texts().get(0)).toArray();
      query.setArray(1, connection.createArrayOf("text", digests));
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          found.put(
              new RowKey(List.of(row.getString(1))),
              new Copies(row.getLong(2), RowTexts.texts(row, 2, table.columns().size())));
        }
      }
    }
    return found;
  }

  private static String sql(ScanTable table, Side side, RowHash hash) {
    boolean partitioned =
        side == Side.SOURCE ? table.sourcePartitioned() : table.targetPartitioned();
    String names =
        IntStream.range(0, table.columns().size())
            .mapToObj(i -> "v" + i)
            .collect(Collectors.joining(", "));
    String values =
        IntStream.range(0, table.columns().size())
            .mapToObj(i -> ", " + RowTexts.values(List.of(table.columns().get(i))) + " AS v" + i)
            .collect(Collectors.joining());
    String whole =
        table.columns().stream()
            .map(name -> "t.\"" + name.replace("\"", "\"\"") + '"')
            .collect(Collectors.joining(", ", "ROW(", ")::text"));
    String from = (partitioned ? "" : "ONLY ") + table.id().quoted() + " AS t";
    return "SELECT k, pg_catalog.count(*), %s FROM (SELECT h1::text || ' ' || h2::text AS k, %s FROM (%s) d) e WHERE k = ANY (?) GROUP BY k, %s"
        .formatted(names, names, hash.digests(whole, values, ", " + names, from), names);
  }
}
