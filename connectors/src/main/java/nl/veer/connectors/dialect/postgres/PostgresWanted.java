package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import nl.veer.connectors.event.TableId;

/**
 * Questions about some tables, all in one: of a wave of thousands, each by itself would take
 * minutes of round trips.
 */
final class PostgresWanted {
  /** Those that exist; found by the index of names, whatever else the database holds. */
  private static final String WANTED =
      """
      WITH wanted AS (
        SELECT c.oid, c.relkind, n.nspname, c.relname
        FROM unnest(?::text[], ?::text[]) w(schema, name)
             JOIN pg_namespace n ON n.nspname = w.schema
             JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = w.name
      )
      """;

  private PostgresWanted() {}

  /**
   * Prepares a query over {@code wanted(oid, relkind, nspname, relname)}.
   *
   * @param query without the WITH of which that is the first part
   */
  static PreparedStatement prepare(Connection connection, String query, Collection<TableId> tables)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(WANTED + query);
    try {
      statement.setArray(
          1, connection.createArrayOf("text", tables.stream().map(TableId::schema).toArray()));
      statement.setArray(
          2, connection.createArrayOf("text", tables.stream().map(TableId::name).toArray()));
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }
}
