package nl.veer.verifier.scan.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nl.veer.verifier.scan.postgres.ScanTable.KeyColumn;
import nl.veer.verifier.verdict.RowKey;
import org.jspecify.annotations.Nullable;

/**
 * Reads whole rows by their keys, each value as its type's own output function writes it: what an
 * input function reads back exactly, and what canonical values are read from. A cast to text is not
 * that. Under the settings of the session, which must be Veer's; stateless.
 */
public final class RowTexts {
  private RowTexts() {}

  /** How rows are read. */
  public enum Hold {
    /** As they are. */
    NONE,
    /** Nobody changes them until the transaction's end; fails at once if somebody does. */
    LOCKED
  }

  /**
   * The rows with these keys; those that are not there are left out.
   *
   * @return the values of the table's columns, in their order
   */
  public static Map<RowKey, List<@Nullable String>> of(
      Connection connection, ScanTable table, Side side, List<RowKey> keys, Hold hold)
      throws SQLException {
    Map<RowKey, List<@Nullable String>> rows = new HashMap<>();
    String lock = hold == Hold.LOCKED ? " FOR UPDATE OF t NOWAIT" : "";
    try (PreparedStatement query =
        connection.prepareStatement(sql(table, side, values(table.columns()), lock))) {
      setKeys(connection, query, table, keys);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          rows.put(key(row, table), texts(row, table.key().size(), table.columns().size()));
        }
      }
    }
    return rows;
  }

  /** About how many bytes each of the rows has; those that are not there are left out. */
  public static Map<RowKey, Long> sizes(
      Connection connection, ScanTable table, Side side, List<RowKey> keys) throws SQLException {
    Map<RowKey, Long> sizes = new HashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(sql(table, side, "pg_catalog.pg_column_size(t.*)", ""))) {
      setKeys(connection, query, table, keys);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          sizes.put(key(row, table), row.getLong(table.key().size() + 1));
        }
      }
    }
    return sizes;
  }

  private static void setKeys(
      Connection connection, PreparedStatement query, ScanTable table, List<RowKey> keys)
      throws SQLException {
    for (int i = 0; i < table.key().size(); i++) {
      int column = i;
      Object[] texts = keys.stream().map(key -> key.texts().get(column)).toArray();
      query.setArray(i + 1, connection.createArrayOf("text", texts));
    }
  }

  private static RowKey key(ResultSet row, ScanTable table) throws SQLException {
    List<String> key = new ArrayList<>();
    for (int i = 1; i <= table.key().size(); i++) {
      key.add(row.getString(i));
    }
    return new RowKey(key);
  }

  private static String sql(ScanTable table, Side side, String values, String lock) {
    String keys =
        table.key().stream()
            .map(column -> "t." + quoted(column.name()) + "::text COLLATE \"C\"")
            .collect(Collectors.joining(", "));
    String wanted =
        IntStream.range(0, table.key().size())
            .mapToObj(i -> "pg_catalog.unnest(?::text[]) AS w" + i)
            .collect(Collectors.joining(", "));
    String join =
        IntStream.range(0, table.key().size())
            .mapToObj(i -> matches(table.key().get(i), side, "w.w" + i))
            .collect(Collectors.joining(" AND "));
    boolean partitioned =
        side == Side.SOURCE ? table.sourcePartitioned() : table.targetPartitioned();
    return "SELECT %s, %s FROM %s%s AS t, (SELECT %s) AS w WHERE %s%s"
        .formatted(
            keys, values, partitioned ? "" : "ONLY ", table.id().quoted(), wanted, join, lock);
  }

  /** SQL of the columns' texts, each as its output function writes it. */
  static String values(List<String> columns) {
    return columns.stream()
        .map(name -> "t." + quoted(name))
        .map(RowTexts::text)
        .collect(Collectors.joining(", "));
  }

  /** A composite of nothing but NULLs is one, though it IS NULL. */
  private static String text(String column) {
    return "CASE WHEN %1$s IS DISTINCT FROM NULL THEN pg_catalog.format('%%s', %1$s) END"
        .formatted(column);
  }

  /** The first condition finds it by the index, the second tells 1.0 from 1.00. */
  private static String matches(KeyColumn column, Side side, String text) {
    String type = side == Side.SOURCE ? column.sourceType() : column.targetType();
    String name = "t." + quoted(column.name());
    return "%s = CAST(%s AS %s) AND %s::text COLLATE \"C\" = %s"
        .formatted(name, text, type, name, text);
  }

  static List<@Nullable String> texts(ResultSet row, int behind, int columns) throws SQLException {
    List<@Nullable String> texts = new ArrayList<>();
    for (int i = 1; i <= columns; i++) {
      texts.add(row.getString(behind + i));
    }
    return texts;
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
