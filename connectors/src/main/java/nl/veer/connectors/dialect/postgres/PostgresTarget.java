package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.dialect.TableSchema;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.TargetDialect;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.event.ColumnEncoding;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** PostgreSQL as a target. */
public final class PostgresTarget implements TargetDialect {
  /** Keeps two Veers from migrating the schema at once; any fixed number of our own. */
  private static final long MIGRATION_LOCK = 0x7665_6572L;

  /** A row for each row that a repair has changed, written in the same transaction. */
  private static final String REPAIR =
      """
      CREATE TABLE IF NOT EXISTS veer.repair (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        migration text NOT NULL,
        wave text NOT NULL,
        table_schema text NOT NULL,
        table_name text NOT NULL,
        key_digest text NOT NULL,
        kind text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now(),
        applied_by text NOT NULL DEFAULT session_user
      );
      """;

  /**
   * What outlives the waves, as long as it holds a row: the audit log; what is kept of migrations
   * that are finished; and a finish that was begun.
   */
  private static final List<String> LASTING = List.of("audit", "archive", "finish");

  /** Statements that drop all but some tables; what hangs on a table goes with it. */
  private static final String BESIDE =
      """
      SELECT pg_catalog.format('DROP TABLE IF EXISTS %s CASCADE', c.oid::pg_catalog.regclass)
      FROM pg_catalog.pg_class c
      WHERE c.relnamespace = pg_catalog.to_regnamespace('veer') AND c.relkind IN ('r', 'p')
        AND c.relname <> ALL (?)
      UNION ALL
      SELECT pg_catalog.format('DROP ROUTINE IF EXISTS %s CASCADE', p.oid::pg_catalog.regprocedure)
      FROM pg_catalog.pg_proc p
      WHERE p.pronamespace = pg_catalog.to_regnamespace('veer') AND p.proname <> 'audit_stands'
      """;

  /** Each may be run again, and then makes only what is missing. */
  private static final List<String> MIGRATIONS =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS veer.stamp (
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
            written_by text,
            PRIMARY KEY (migration, wave)
          ) WITH (fillfactor = 50);
          CREATE TABLE IF NOT EXISTS veer.load (
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
            written_columns text,
            log_horizon text,
            row_count bigint NOT NULL,
            byte_count bigint NOT NULL,
            started_at timestamptz,
            completed_at timestamptz,
            PRIMARY KEY (migration, wave, table_schema, table_name)
          ) WITH (fillfactor = 50);
          """,
          REPAIR,
          """
          CREATE TABLE IF NOT EXISTS veer.retired (
            migration text NOT NULL,
            wave text NOT NULL,
            retired_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (migration, wave)
          );
          """);

  private static final String MIGRATED =
      """
      SELECT max(version), to_regclass('veer.stamp') IS NOT NULL
             AND to_regclass('veer.load') IS NOT NULL AND to_regclass('veer.repair') IS NOT NULL
      FROM veer.version
      """;

  @Override
  public TargetSession open(TargetConnections target, String purpose) {
    return open(target, purpose, PostgresSettings::forTarget);
  }

  @Override
  public TargetSession openBriefly(TargetConnections target, String purpose) {
    return open(target, purpose, PostgresSettings::forBriefTarget);
  }

  private interface Preparation {
    void prepare(Connection connection) throws SQLException;
  }

  private TargetSession open(TargetConnections target, String purpose, Preparation preparation) {
    try {
      Connection connection = target.open(purpose);
      try {
        preparation.prepare(connection);
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

  /** Mostly nothing is left to do, and a leg that ends or begins while writes are refused asks. */
  @Override
  public void migrateRecords(Connection connection) throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(true);
    try {
      if (hasRecords(connection) && isMigrated(connection)) {
        return;
      }
      connection.setAutoCommit(false);
      migrate(connection);
    } finally {
      connection.setAutoCommit(autoCommit);
    }
  }

  private static boolean isMigrated(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(MIGRATED)) {
      return row.next() && row.getInt(1) == MIGRATIONS.size() && row.getBoolean(2);
    }
  }

  private void migrate(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_xact_lock(" + MIGRATION_LOCK + ")");
      int version = 0;
      if (hasRecords(connection)) {
        requireTables(statement);
        version = version(statement);
      } else {
        if (!hasSchema(connection)) {
          statement.execute("CREATE SCHEMA veer");
        }
        statement.execute(
            "CREATE TABLE veer.version (version integer PRIMARY KEY,"
                + " migrated_at timestamptz NOT NULL DEFAULT now())");
      }
      for (int next = version + 1; next <= MIGRATIONS.size(); next++) {
        statement.execute(MIGRATIONS.get(next - 1));
        statement.execute("INSERT INTO veer.version (version) VALUES (" + next + ")");
      }
      if (!hasRepairs(statement)) {
        statement.execute(REPAIR);
      }
      connection.commit();
    } catch (SQLException | Failure e) {
      connection.rollback();
      throw e;
    }
  }

  private static void requireTables(Statement statement) throws SQLException {
    if (!hasTables(statement)) {
      throw new Failure(
          FailureKind.LOST_POSITION,
          "STAMP_LOST",
          "A table of the target's schema veer was dropped: veer.stamp or veer.load. Which"
              + " position the target equals is not known any more. Load all waves anew with"
              + " 'veer load --again'.");
    }
  }

  private static boolean hasRepairs(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT to_regclass('veer.repair') IS NOT NULL")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private static boolean hasTables(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT to_regclass('veer.stamp') IS NOT NULL AND to_regclass('veer.load') IS NOT"
                + " NULL")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT max(version) FROM veer.version")) {
      row.next();
      int version = row.getInt(1);
      if (version > MIGRATIONS.size()) {
        throw new Failure(
            FailureKind.CONFIGURATION,
            "RECORDS_NEWER",
            ("The target's schema veer has version %d, and this Veer knows up to %d: a newer Veer"
                    + " has written there. Run that one, or a newer one still.")
                .formatted(version, MIGRATIONS.size()));
      }
      return version;
    }
  }

  /** Only where something is missing: to alter a table locks out the other waves' replicators. */
  @Override
  public void restoreRecords(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (version(statement) == MIGRATIONS.size()
          && hasTables(statement)
          && hasRepairs(statement)) {
        return;
      }
      for (String migration : MIGRATIONS) {
        statement.execute(migration);
      }
    }
  }

  @Override
  public void dropRecords(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      List<String> lasting = lasting(statement);
      if (lasting.isEmpty()) {
        statement.execute("DROP SCHEMA IF EXISTS veer CASCADE");
        return;
      }
      for (String drop : beside(connection, lasting)) {
        statement.execute(drop);
      }
    }
  }

  private static List<String> beside(Connection connection, List<String> lasting)
      throws SQLException {
    List<String> drops = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(BESIDE)) {
      query.setArray(1, connection.createArrayOf("text", lasting.toArray()));
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          drops.add(row.getString(1));
        }
      }
    }
    return drops;
  }

  private static List<String> lasting(Statement statement) throws SQLException {
    List<String> lasting = new ArrayList<>();
    for (String table : LASTING) {
      if (holds(statement, "SELECT pg_catalog.to_regclass('veer." + table + "') IS NOT NULL")
          && holds(statement, "SELECT EXISTS (SELECT FROM veer." + table + ")")) {
        lasting.add(table);
      }
    }
    return lasting;
  }

  private static boolean holds(Statement statement, String question) throws SQLException {
    try (ResultSet row = statement.executeQuery(question)) {
      return row.next() && row.getBoolean(1);
    }
  }

  /** A role that may not create one gets one made for it. */
  private static boolean hasSchema(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT pg_catalog.to_regnamespace('veer') IS NOT NULL")) {
      row.next();
      return row.getBoolean(1);
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
  public String transactionNumber() {
    return "pg_catalog.pg_current_xact_id()::pg_catalog.xid::text";
  }

  @Override
  public String rowWriter() {
    return "xmin::text";
  }

  @Override
  public Failure failure(SQLException error, String doing) {
    return PostgresFailures.target(error, doing);
  }
}
