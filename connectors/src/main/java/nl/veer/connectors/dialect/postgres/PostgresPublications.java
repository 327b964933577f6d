package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import nl.veer.connectors.event.TableId;

/**
 * Makes, compares and drops publications. A wave's publication names its tables one by one and
 * publishes everything that happens to them, under the name of the partition root. Stateless.
 */
public final class PostgresPublications {
  private static final String FLAGS =
      """
      SELECT puballtables, pubinsert AND pubupdate AND pubdelete AND pubtruncate, pubviaroot
      FROM pg_publication WHERE pubname = ?
      """;

  private static final String TABLES =
      """
      SELECT n.nspname, c.relname,
             to_jsonb(r) ->> 'prqual' IS NOT NULL OR to_jsonb(r) ->> 'prattrs' IS NOT NULL
      FROM pg_publication p JOIN pg_publication_rel r ON r.prpubid = p.oid
           JOIN pg_class c ON c.oid = r.prrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE p.pubname = ?
      """;

  private PostgresPublications() {}

  public static void create(Connection connection, String publication, Collection<TableId> tables)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(statement(publication, tables));
    }
  }

  /** What makes the publication; for a role that owns the tables. */
  public static String statement(String publication, Collection<TableId> tables) {
    // ONLY: a child table that inherits is another table. Partitions belong to their root anyway.
    String list =
        tables.stream()
            .sorted()
            .map(table -> "ONLY " + table.quoted())
            .collect(Collectors.joining(", "));
    return "CREATE PUBLICATION \""
        + publication
        + "\" FOR TABLE "
        + list
        + " WITH (publish = 'insert, update, delete, truncate',"
        + " publish_via_partition_root = true)";
  }

  /** Adds those of these tables that a publication of this session's role lacks. */
  public static void complete(Connection connection, String publication, List<TableId> tables)
      throws SQLException {
    if (!exists(connection, publication) || isAnothers(connection, publication)) {
      return;
    }
    Set<TableId> missing = new TreeSet<>(tables);
    try (PreparedStatement query = connection.prepareStatement(TABLES)) {
      query.setString(1, publication);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          missing.remove(new TableId(row.getString(1), row.getString(2)));
        }
      }
    }
    try (Statement statement = connection.createStatement()) {
      for (TableId table : missing) {
        statement.execute(
            "ALTER PUBLICATION \"" + publication + "\" ADD TABLE ONLY " + table.quoted());
      }
    }
  }

  /**
   * Drops the publication; nothing happens if there is none, or if it is another role's, whose
   * business it then is.
   */
  public static void drop(Connection connection, String publication) throws SQLException {
    if (isAnothers(connection, publication)) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP PUBLICATION IF EXISTS \"" + publication + "\"");
    }
  }

  /** Whether this session's role may create in the database and publish all that it publishes. */
  public static boolean mayBeMadeAnew(Connection connection, String publication)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT has_database_privilege(current_database(), 'CREATE') AND NOT EXISTS (SELECT"
                + " FROM pg_publication p JOIN pg_publication_rel r ON r.prpubid = p.oid JOIN"
                + " pg_class c ON c.oid = r.prrelid WHERE p.pubname = ? AND NOT"
                + " pg_has_role(c.relowner, 'USAGE'))")) {
      query.setString(1, publication);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /** Whether it is there and of a role that this session does not belong to. */
  public static boolean isAnothers(Connection connection, String publication) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT FROM pg_publication WHERE pubname = ? AND NOT pg_has_role(pubowner,"
                + " 'USAGE')")) {
      query.setString(1, publication);
      try (ResultSet row = query.executeQuery()) {
        return row.next();
      }
    }
  }

  public static boolean exists(Connection connection, String publication) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(FLAGS)) {
      query.setString(1, publication);
      try (ResultSet row = query.executeQuery()) {
        return row.next();
      }
    }
  }

  /** How the publication differs from one of these tables; nothing if it does not. */
  public static Optional<String> difference(
      Connection connection, String publication, Collection<TableId> tables) throws SQLException {
    List<String> differences = new ArrayList<>(flags(connection, publication));
    Set<TableId> missing = new TreeSet<>(tables);
    Set<TableId> surplus = new TreeSet<>();
    try (PreparedStatement query = connection.prepareStatement(TABLES)) {
      query.setString(1, publication);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          TableId table = new TableId(row.getString(1), row.getString(2));
          if (!missing.remove(table)) {
            surplus.add(table);
          }
          if (row.getBoolean(3)) {
            differences.add(table + " is published with a row filter or a column list");
          }
        }
      }
    }
    if (!missing.isEmpty()) {
      differences.add("it lacks " + names(missing));
    }
    if (!surplus.isEmpty()) {
      differences.add("it also has " + names(surplus));
    }
    return differences.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", differences));
  }

  private static List<String> flags(Connection connection, String publication) throws SQLException {
    List<String> differences = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(FLAGS)) {
      query.setString(1, publication);
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          return List.of("it does not exist");
        }
        if (row.getBoolean(1)) {
          differences.add("it publishes all tables");
        }
        if (!row.getBoolean(2)) {
          differences.add("it does not publish all of insert, update, delete, truncate");
        }
        if (!row.getBoolean(3)) {
          differences.add("publish_via_partition_root is off");
        }
      }
    }
    return differences;
  }

  private static String names(Set<TableId> tables) {
    return tables.stream().map(TableId::toString).collect(Collectors.joining(", "));
  }
}
