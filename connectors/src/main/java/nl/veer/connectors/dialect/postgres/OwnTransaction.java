package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** Work in one transaction of its own, on a connection that is in none. Stateless. */
final class OwnTransaction {
  private OwnTransaction() {}

  /** Statements that belong together. */
  interface Work {
    void run() throws SQLException;
  }

  /** All of it or nothing; afterwards the connection commits by itself or not, as before. */
  static void run(Connection connection, Work work) throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try {
      work.run();
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      try {
        connection.rollback();
        connection.setAutoCommit(autoCommit);
      } catch (SQLException lost) {
        e.addSuppressed(lost);
      }
      throw e;
    }
    connection.setAutoCommit(autoCommit);
  }
}
