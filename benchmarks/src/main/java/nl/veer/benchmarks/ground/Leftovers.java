package nl.veer.benchmarks.ground;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import nl.veer.sandbox.postgres.SandboxPostgres;

/** Takes away what a turn leaves on a server, so that it is no burden for the next. */
final class Leftovers {
  private Leftovers() {}

  /** Drops a database with its slots, whoever still uses them. */
  static void drop(SandboxPostgres side, String database) throws SQLException {
    try (Connection connection = side.connect("postgres")) {
      execute(
          connection,
          "SELECT pg_terminate_backend(active_pid, 5000) FROM pg_replication_slots"
              + " WHERE database = ? AND active_pid IS NOT NULL",
          database);
      execute(
          connection,
          "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
              + " WHERE database = ?",
          database);
      try (Statement statement = connection.createStatement()) {
        statement.execute("DROP DATABASE IF EXISTS \"" + database + "\" WITH (FORCE)");
      }
    }
  }

  private static void execute(Connection connection, String sql, String database)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, database);
      statement.execute();
    }
  }
}
