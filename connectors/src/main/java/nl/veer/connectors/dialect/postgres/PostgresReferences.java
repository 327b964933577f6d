package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
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

  private PostgresReferences() {}

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
