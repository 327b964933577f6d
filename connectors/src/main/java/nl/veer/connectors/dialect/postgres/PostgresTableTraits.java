package nl.veer.connectors.dialect.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import nl.veer.connectors.event.TableId;

/**
 * What is unusual about a table, on either side; for a preflight.
 *
 * @param hidesRows whether row level security is active for the asking role, on the table or one of
 *     its partitions
 * @param deferrable whether it has a deferrable unique or exclusion constraint
 * @param inherits whether it has or is an inheritance child; partitions are not meant
 * @param outside partitions that are foreign tables or unlogged, so that no log holds them
 * @param identityColumns sorted columns of the index that REPLICA IDENTITY names; empty if none
 * @param uniqueKeys sorted columns of each whole, plain and immediate unique index
 */
public record PostgresTableTraits(
    boolean partitioned,
    boolean hidesRows,
    boolean deferrable,
    boolean inherits,
    List<String> outside,
    List<String> identityColumns,
    Set<List<String>> uniqueKeys) {

  private static final String TABLES =
      """
      SELECT n.nspname, c.relname, c.relkind = 'p',
             row_security_active(c.oid)
               OR EXISTS (SELECT FROM pg_partition_tree(c.oid) p WHERE row_security_active(p.relid)),
             EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid
                     AND k.contype IN ('p', 'u', 'x') AND k.condeferrable),
             c.relkind = 'r' AND EXISTS (SELECT FROM pg_inherits i
                                         WHERE i.inhparent = c.oid OR i.inhrelid = c.oid),
             coalesce((SELECT array_agg(ln.nspname || '.' || l.relname ORDER BY 1)
                       FROM pg_partition_tree(c.oid) p JOIN pg_class l ON l.oid = p.relid
                            JOIN pg_namespace ln ON ln.oid = l.relnamespace
                       WHERE c.relkind = 'p' AND p.isleaf
                         AND (l.relkind = 'f' OR l.relpersistence = 'u')), '{}'::text[])
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence = 'p'
        AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'veer')
      """;

  private static final String INDEXES =
      """
      SELECT n.nspname, c.relname, i.indisreplident,
             (SELECT array_agg(a.attname::text)
              FROM unnest(i.indkey) WITH ORDINALITY k(attnum, ordinality)
                   JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
              WHERE k.ordinality <= i.indnkeyatts)
      FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
           JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE i.indisunique AND i.indisvalid AND i.indimmediate AND i.indpred IS NULL
        AND i.indexprs IS NULL AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      """;

  public PostgresTableTraits {
    outside = List.copyOf(outside);
    identityColumns = List.copyOf(identityColumns);
    uniqueKeys = Set.copyOf(uniqueKeys);
  }

  /** Of all tables of the connection's database, as its role sees them. */
  public static Map<TableId, PostgresTableTraits> read(Connection connection) throws SQLException {
    Map<TableId, List<String>> identities = new HashMap<>();
    Map<TableId, Set<List<String>>> uniqueKeys = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(INDEXES);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        TableId id = new TableId(row.getString(1), row.getString(2));
        List<String> columns = List.copyOf(new TreeSet<>(texts(row.getArray(4))));
        uniqueKeys.computeIfAbsent(id, any -> new HashSet<>()).add(columns);
        if (row.getBoolean(3)) {
          identities.put(id, columns);
        }
      }
    }
    Map<TableId, PostgresTableTraits> traits = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(TABLES);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        TableId id = new TableId(row.getString(1), row.getString(2));
        traits.put(
            id,
            new PostgresTableTraits(
                row.getBoolean(3),
                row.getBoolean(4),
                row.getBoolean(5),
                row.getBoolean(6),
                texts(row.getArray(7)),
                identities.getOrDefault(id, List.of()),
                uniqueKeys.getOrDefault(id, Set.of())));
      }
    }
    return traits;
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }
}
