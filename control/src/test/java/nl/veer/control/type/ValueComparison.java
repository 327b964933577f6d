package nl.veer.control.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import nl.veer.control.crossing.CrossingWorld;

/**
 * Compares columns of both databases, value by value: as text under fixed settings, and in the form
 * that the type sends. The latter holds type OIDs where a type is made of a user's types; those
 * differ between any two servers. There each side has to show that its value is the one that the
 * text stands for.
 */
final class ValueComparison {
  private final CrossingWorld databases;
  private final TypeTables types;

  ValueComparison(CrossingWorld databases, TypeTables types) {
    this.databases = databases;
    this.types = types;
  }

  /** A column of a type of the list. */
  private record Column(String name, String type, String text, String sent) {}

  /**
   * Asserts that both sides have the same rows, and some.
   *
   * @param columns names as {@link TypeTables} gives them
   * @param order what tells rows apart
   */
  void assertEqual(String table, List<String> columns, String order) throws SQLException {
    List<Column> compared = new ArrayList<>();
    try (Connection source = databases.source();
        Connection target = databases.target()) {
      for (String name : columns) {
        compared.add(column(source, name));
      }
      List<String[]> theirs = values(source, table, compared, order);
      List<String[]> ours = values(target, table, compared, order);
      assertThat(ours).as("rows of " + table).hasSameSizeAs(theirs).isNotEmpty();
      for (int row = 0; row < ours.size(); row++) {
        for (int c = 0; c < compared.size(); c++) {
          String where = "row %d of %s, %s".formatted(row, table, compared.get(c).type());
          assertThat(ours.get(row)[2 * c]).as(where).isEqualTo(theirs.get(row)[2 * c]);
          assertThat(ours.get(row)[2 * c + 1])
              .as(where + " as sent")
              .isEqualTo(theirs.get(row)[2 * c + 1])
              .isNotEqualTo("f");
        }
      }
    }
  }

  /** Asserts that the target has the table's canonical forms; the id is the value's number. */
  void assertCanonical(String table) throws SQLException {
    try (Connection target = databases.target()) {
      for (int i = 0; i < types.rows().size(); i++) {
        TypeRow row = types.rows().get(i);
        List<TypeRow.Value> values = row.values();
        List<String> texts = new ArrayList<>();
        CrossingWorld.execute(target, TypeTable.SETTINGS);
        try (Statement statement = target.createStatement();
            ResultSet found =
                statement.executeQuery(
                    "SELECT c%d::pg_catalog.text FROM %s WHERE id < %d ORDER BY id"
                        .formatted(i, table, values.size()))) {
          while (found.next()) {
            texts.add(found.getString(1));
          }
        }
        assertThat(texts)
            .as(row.declared())
            .isEqualTo(values.stream().map(TypeRow.Value::canonical).toList());
      }
    }
  }

  private Column column(Connection source, String name) throws SQLException {
    TypeRow row = types.rows().get(Integer.parseInt(name.substring(1)));
    String type = row.declared() + (name.startsWith("a") ? "[]" : "");
    String send = send(source, row.declared());
    String text = name + "::pg_catalog.text";
    if (send.equals("-")) {
      return new Column(name, type, text, "'not sent'");
    }
    if (send.equals("textsend") && !name.startsWith("a")) {
      return new Column(name, type, text, "textsend(" + text + ")");
    }
    String sender = name.startsWith("a") ? "array_send" : send;
    boolean user = OwnTypes.ROWS.contains(row) || row.extension().isPresent();
    String sent =
        user
            ? "%s(%s) = %s(%s::%s)".formatted(sender, name, sender, text, type)
            : "%s(%s)".formatted(sender, name);
    return new Column(name, type, text, sent);
  }

  private static String send(Connection source, String type) throws SQLException {
    return CrossingWorld.text(
        source,
        "SELECT typsend FROM pg_type WHERE oid = '" + type.replace("'", "''") + "'::regtype");
  }

  private static List<String[]> values(
      Connection connection, String table, List<Column> columns, String order) throws SQLException {
    CrossingWorld.execute(connection, TypeTable.SETTINGS);
    List<String> selected = new ArrayList<>();
    columns.forEach(column -> selected.add(column.text() + ", " + column.sent()));
    List<String[]> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT %s FROM %s ORDER BY %s"
                    .formatted(String.join(", ", selected), table, order))) {
      while (found.next()) {
        String[] row = new String[2 * columns.size()];
        for (int c = 0; c < row.length; c++) {
          row[c] = String.valueOf(found.getString(c + 1));
        }
        rows.add(row);
      }
    }
    return rows;
  }
}
