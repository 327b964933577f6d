package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nl.veer.connectors.event.TableId;

/** Foreign keys that point at tables. Stateless. */
public final class PostgresReferences {
  private static final String REFERENCED =
      """
      SELECT DISTINCT n.nspname, c.relname
      FROM pg_constraint f JOIN pg_class c ON c.oid = f.confrelid
           JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE f.contype = 'f' AND f.conrelid <> f.confrelid
      """;

  private static final String KEYS =
      """
      SELECT f.conname, n.nspname, c.relname, rn.nspname, r.relname
      FROM pg_constraint f
           JOIN pg_class c ON c.oid = f.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
           JOIN pg_class r ON r.oid = f.confrelid JOIN pg_namespace rn ON rn.oid = r.relnamespace
      WHERE f.contype = 'f' AND f.conparentid = 0 AND NOT c.relispartition
      ORDER BY 2, 3, 1
      """;

  private PostgresReferences() {}

  /** All that there are. */
  public static List<ForeignKey> keys(Connection connection) throws SQLException {
    List<ForeignKey> keys = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(KEYS);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        keys.add(
            new ForeignKey(
                row.getString(1),
                new TableId(row.getString(2), row.getString(3)),
                new TableId(row.getString(4), row.getString(5))));
      }
    }
    return keys;
  }

  /** The tables to which another table's foreign key refers; of partitions, themselves and root. */
  public static Set<TableId> referenced(Connection connection) throws SQLException {
    Set<TableId> referenced = new HashSet<>();
    try (PreparedStatement query = connection.prepareStatement(REFERENCED);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        referenced.add(new TableId(row.getString(1), row.getString(2)));
      }
    }
    return referenced;
  }
}
