package nl.veer.connectors.dialect.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.veer.connectors.dialect.RowIdentity;
import nl.veer.connectors.event.TableId;

/**
 * Which tables of the target say too little of old rows to be published: PostgreSQL then refuses
 * their updates and deletes, and the replicator would stand still. Stateless.
 */
public final class PostgresReplicaIdentities {
  /**
   * The tables and their leaf partitions, whose own business it is. A deferrable key identifies
   * nothing.
   */
  private static final String TREES =
      """
      WITH wanted AS (
        SELECT c.oid, c.relkind
        FROM unnest(?::text[], ?::text[]) w(schema, name)
             JOIN pg_namespace n ON n.nspname = w.schema
             JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = w.name
        WHERE c.relkind IN ('r', 'p')
      ), tree AS (
        SELECT oid AS root, oid, relkind = 'r' AS leaf FROM wanted
        UNION ALL
        SELECT w.oid, t.relid, true
        FROM wanted w CROSS JOIN LATERAL pg_partition_tree(w.oid) t
        WHERE w.relkind = 'p' AND t.isleaf AND t.relid <> w.oid
      )
      SELECT rn.nspname, r.relname, n.nspname, c.relname, leaf, c.relreplident = 'f',
             pg_has_role(c.relowner, 'USAGE'),
             coalesce((SELECT array_agg(a.attname::text)
                       FROM pg_index i
                            CROSS JOIN unnest(i.indkey) WITH ORDINALITY k(attnum, ordinality)
                            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
                       WHERE i.indrelid = c.oid AND i.indimmediate AND k.ordinality <= i.indnkeyatts
                         AND CASE c.relreplident WHEN 'i' THEN i.indisreplident
                             WHEN 'd' THEN i.indisprimary ELSE false END), '{}'::text[])
      FROM tree JOIN pg_class r ON r.oid = tree.root JOIN pg_namespace rn ON rn.oid = r.relnamespace
           JOIN pg_class c ON c.oid = tree.oid JOIN pg_namespace n ON n.oid = c.relnamespace
      ORDER BY 1, 2, leaf, 3, 4
      """;

  private PostgresReplicaIdentities() {}

  /**
   * A table or partition that must say more of old rows.
   *
   * @param owned whether the connection's role may change that
   */
  public record Lacking(TableId relation, boolean owned) {

    /** What mends it; for a role that owns it. */
    public String statement() {
      return "ALTER TABLE ONLY " + relation.quoted() + " REPLICA IDENTITY FULL";
    }
  }

  private record Relation(TableId id, boolean leaf, boolean full, boolean owned, Set<String> key) {

    boolean covers(RowIdentity identity) {
      return full
          || (!identity.wholeBefore()
              && !identity.key().isEmpty()
              && key.containsAll(identity.key()));
    }
  }

  /**
   * What has to be changed so that each table's log identifies rows by at least the given columns;
   * of a partitioned one the root and every partition, for they must agree.
   *
   * @param identities how the source's log identifies the rows of each table
   */
  public static List<Lacking> lacking(Connection connection, Map<TableId, RowIdentity> identities)
      throws SQLException {
    List<Lacking> lacking = new ArrayList<>();
    trees(connection, identities.keySet())
        .forEach(
            (root, relations) -> {
              RowIdentity identity = identities.get(root);
              boolean enough =
                  identity == null
                      || relations.stream()
                          .filter(Relation::leaf)
                          .allMatch(leaf -> leaf.covers(identity));
              if (!enough) {
                relations.stream()
                    .filter(relation -> !relation.full())
                    .forEach(relation -> lacking.add(new Lacking(relation.id(), relation.owned())));
              }
            });
    return lacking;
  }

  /**
   * Makes them say everything. Takes each table's lock for a moment and waits for it only so long
   * as the target's readers and writers, who queue behind it, do not feel it; whoever gets none
   * comes again later. What is mended stays so.
   */
  public static void mend(Connection connection, List<Lacking> lacking) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET lock_timeout = '200ms'");
      for (Lacking one : lacking) {
        statement.execute(one.statement());
      }
    }
  }

  private static Map<TableId, List<Relation>> trees(Connection connection, Set<TableId> tables)
      throws SQLException {
    Map<TableId, List<Relation>> trees = new LinkedHashMap<>();
    try (PreparedStatement query = connection.prepareStatement(TREES)) {
      query.setArray(1, names(connection, tables.stream().map(TableId::schema).toList()));
      query.setArray(2, names(connection, tables.stream().map(TableId::name).toList()));
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          trees
              .computeIfAbsent(
                  new TableId(row.getString(1), row.getString(2)), any -> new ArrayList<>())
              .add(
                  new Relation(
                      new TableId(row.getString(3), row.getString(4)),
                      row.getBoolean(5),
                      row.getBoolean(6),
                      row.getBoolean(7),
                      Set.of((String[]) row.getArray(8).getArray())));
        }
      }
    }
    return trees;
  }

  private static Array names(Connection connection, List<String> names) throws SQLException {
    return connection.createArrayOf("text", names.toArray());
  }
}
