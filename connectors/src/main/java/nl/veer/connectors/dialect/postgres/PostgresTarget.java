package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import nl.veer.connectors.dialect.TableSchema;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.TargetDialect;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.event.ColumnEncoding;
import nl.veer.connectors.failure.Failure;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** PostgreSQL as a target. */
public final class PostgresTarget implements TargetDialect {
  /** Keeps two Veers from migrating the schema at once; any fixed number of our own. */
  private static final long MIGRATION_LOCK = 0x7665_6572L;

  private static final List<String> MIGRATIONS =
      List.of(
          """
          CREATE TABLE veer.stamp (
            migration text NOT NULL,
            wave text NOT NULL,
            epoch bigint NOT NULL,
            transaction_number bigint NOT NULL,
            position text,
            log_id text,
            log_offset bigint,
            committed_at timestamptz,
            applied_at timestamptz,
            owner_pid integer,
            owner_start timestamptz,
            PRIMARY KEY (migration, wave)
          ) WITH (fillfactor = 50);
          CREATE TABLE veer.load (
            migration text NOT NULL,
            wave text NOT NULL,
            table_schema text NOT NULL,
            table_name text NOT NULL,
            epoch bigint NOT NULL,
            state text NOT NULL,
            truncate boolean NOT NULL,
            whole_before boolean NOT NULL,
            key_columns text NOT NULL,
            boundary text,
            boundary_position text,
            row_count bigint NOT NULL,
            byte_count bigint NOT NULL,
            started_at timestamptz,
            completed_at timestamptz,
            PRIMARY KEY (migration, wave, table_schema, table_name)
          ) WITH (fillfactor = 50);
          """,
          """
          ALTER TABLE veer.load ADD COLUMN written_columns text, ADD COLUMN log_horizon text;
          """);

  @Override
  public TargetSession open(TargetConnections target, String purpose) {
    try {
      Connection connection = target.open(purpose);
      try {
        PostgresSettings.forTarget(connection);
        return new PostgresTargetSession(connection);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw failure(e, "opening a session for " + purpose);
    }
  }

  @Override
  public List<TableSchema> tables(Connection connection) throws SQLException {
    return PostgresCatalog.tables(connection);
  }

  @Override
  public @Nullable String text(ColumnEncoding encoding, @Nullable Object value) {
    return PostgresText.of(encoding, value);
  }

  @Override
  public void migrateRecords(Connection connection) throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_xact_lock(" + MIGRATION_LOCK + ")");
      int version = 0;
      if (hasRecords(connection)) {
        try (ResultSet row = statement.executeQuery("SELECT max(version) FROM veer.version")) {
          row.next();
          version = row.getInt(1);
        }
      } else {
        statement.execute(
            "CREATE SCHEMA veer; CREATE TABLE veer.version (version integer PRIMARY KEY,"
                + " migrated_at timestamptz NOT NULL DEFAULT now())");
      }
      for (int next = version + 1; next <= MIGRATIONS.size(); next++) {
        statement.execute(MIGRATIONS.get(next - 1));
        statement.execute("INSERT INTO veer.version (version) VALUES (" + next + ")");
      }
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(autoCommit);
    }
  }

  @Override
  public void dropRecords(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA IF EXISTS veer CASCADE");
    }
  }

  @Override
  public boolean hasRecords(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT pg_catalog.to_regclass('veer.version') IS NOT NULL")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  @Override
  public void endSessions(Connection connection, List<String> purposes) throws SQLException {
    try (PreparedStatement end =
        connection.prepareStatement(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND usename = current_user
              AND pid <> pg_backend_pid() AND application_name = ANY (?)
            """)) {
      String[] names = purposes.stream().map(purpose -> "veer: " + purpose).toArray(String[]::new);
      end.setArray(1, connection.createArrayOf("text", names));
      end.execute();
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL lock_timeout = '5s'");
    }
  }

  @Override
  public long sessionId(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getBackendPID();
  }

  @Override
  public Failure failure(SQLException error, String doing) {
    return PostgresFailures.target(error, doing);
  }
}
