package nl.veer.connectors.dialect.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.veer.connectors.event.TableId;

/**
 * Tables with everything that hangs below them: partitions of every level and inheritance children,
 * all of which can be written to by their own names.
 *
 * @param members sorted by name, which is the order in which they are locked
 * @param missing those of the tables that do not exist
 */
record TableFamilies(List<Member> members, Set<TableId> missing) {
  /** By hand, because pg_partition_tree locks every partition. */
  private static final String MEMBERS =
      """
      WITH RECURSIVE wanted AS (
        SELECT c.oid, w.schema, w.name
        FROM unnest(?::text[], ?::text[]) w(schema, name)
             JOIN pg_namespace n ON n.nspname = w.schema
             JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = w.name
        WHERE c.relkind IN ('r', 'p')
      ), family(root, oid) AS (
        SELECT oid, oid FROM wanted
        UNION
        SELECT f.root, i.inhrelid FROM family f JOIN pg_inherits i ON i.inhparent = f.oid
      )
      SELECT c.oid, n.nspname, c.relname, w.schema, w.name, pg_get_userbyid(c.relowner)
      FROM family f JOIN wanted w ON w.oid = f.root JOIN pg_class c ON c.oid = f.oid
           JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p')
      """;

  /**
   * A table, or something below it.
   *
   * @param table the one of the wave that it belongs to; itself if it is one
   */
  record Member(long oid, TableId name, TableId table, String owner) {}

  TableFamilies {
    members = List.copyOf(members);
    missing = Set.copyOf(missing);
  }

  /** As they are now; nothing is locked. */
  static TableFamilies read(Connection connection, Collection<TableId> tables) throws SQLException {
    Map<Long, Member> members = new LinkedHashMap<>();
    Set<TableId> missing = new HashSet<>(tables);
    try (PreparedStatement query = connection.prepareStatement(MEMBERS)) {
      query.setArray(1, names(connection, tables.stream().map(TableId::schema).toList()));
      query.setArray(2, names(connection, tables.stream().map(TableId::name).toList()));
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          TableId name = new TableId(row.getString(2), row.getString(3));
          TableId table = new TableId(row.getString(4), row.getString(5));
          Member member = new Member(row.getLong(1), name, table, row.getString(6));
          missing.remove(table);
          // A child that is a table of the wave itself is called by its own name.
          members.merge(member.oid(), member, (a, b) -> a.name().equals(a.table()) ? a : b);
        }
      }
    }
    List<Member> sorted = new ArrayList<>(members.values());
    sorted.sort(Comparator.comparing(Member::name));
    return new TableFamilies(sorted, missing);
  }

  private static Array names(Connection connection, List<String> names) throws SQLException {
    return connection.createArrayOf("text", names.toArray());
  }

  /** For a query's {@code = ANY (?)}. */
  Array oids(Connection connection) throws SQLException {
    return connection.createArrayOf("int8", members.stream().map(Member::oid).toArray());
  }
}
