package nl.veer.verifier.record;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The audit log's table. It can stand alone in the schema {@code veer}: it begins before the other
 * records and outlives them.
 */
final class AuditSchema {
  /** The one under which whoever makes the schema {@code veer} does so. */
  private static final long SCHEMA_LOCK = 0x7665_6572L;

  private static final String TABLE =
      """
      CREATE TABLE IF NOT EXISTS veer.audit (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        role name NOT NULL DEFAULT session_user, address inet DEFAULT inet_client_addr(),
        migration text NOT NULL, wave text NOT NULL, what text NOT NULL);
      ALTER TABLE veer.audit ADD COLUMN IF NOT EXISTS number bigint,
        ADD COLUMN IF NOT EXISTS process text NOT NULL DEFAULT '',
        ADD COLUMN IF NOT EXISTS result text NOT NULL DEFAULT '',
        ADD COLUMN IF NOT EXISTS previous text, ADD COLUMN IF NOT EXISTS hash text;
      CREATE UNIQUE INDEX IF NOT EXISTS audit_number ON veer.audit (migration, number);
      """;

  /** Fires in Veer's own sessions as well, which are replicas' sessions. */
  private static final String GUARD =
      """
      CREATE OR REPLACE FUNCTION veer.audit_stands() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE insufficient_privilege USING
          MESSAGE = 'The audit log is only written at its end',
          HINT = 'To remove it: veer drop --audit-too';
      END $$;
      CREATE OR REPLACE TRIGGER audit_stands BEFORE UPDATE OR DELETE OR TRUNCATE ON veer.audit
        FOR EACH STATEMENT EXECUTE FUNCTION veer.audit_stands();
      ALTER TABLE veer.audit ENABLE ALWAYS TRIGGER audit_stands;
      """;

  /** A role that does not own the table, or may not use the language, goes without the guard. */
  private static final String IS_MADE =
      """
      SELECT pg_catalog.to_regclass('veer.audit_number') IS NOT NULL
         AND 5 = (SELECT count(*) FROM pg_catalog.pg_attribute a
               WHERE a.attrelid = pg_catalog.to_regclass('veer.audit') AND NOT a.attisdropped
                 AND a.attname IN ('number', 'process', 'result', 'previous', 'hash'))
      """;

  private static final String LACKS_GUARD =
      """
      SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_trigger t
               WHERE t.tgrelid = c.oid AND t.tgname = 'audit_stands' AND t.tgenabled = 'A')
         AND pg_catalog.pg_has_role(c.relowner, 'USAGE')
         AND pg_catalog.has_schema_privilege(c.relnamespace, 'CREATE')
         AND EXISTS (SELECT FROM pg_catalog.pg_language l WHERE l.lanname = 'plpgsql'
               AND pg_catalog.has_language_privilege(l.oid, 'USAGE'))
      FROM pg_catalog.pg_class c WHERE c.oid = pg_catalog.to_regclass('veer.audit')
      """;

  private AuditSchema() {}

  static boolean hasSchema(Connection connection) throws SQLException {
    return holds(connection, "SELECT pg_catalog.to_regnamespace('veer') IS NOT NULL");
  }

  /** Whether anybody has ever written an entry. */
  static boolean exists(Connection connection) throws SQLException {
    return holds(connection, "SELECT pg_catalog.to_regclass('veer.audit') IS NOT NULL");
  }

  /** Whether the table has the chain's columns; that of an older Veer has not. */
  static boolean isMade(Connection connection) throws SQLException {
    return holds(connection, IS_MADE);
  }

  /** Makes what is not there, the schema too, however many do it at once. The caller commits. */
  static void make(Connection connection) throws SQLException {
    if (isMade(connection) && !holds(connection, LACKS_GUARD)) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_xact_lock(" + SCHEMA_LOCK + ")");
      if (!hasSchema(connection)) {
        statement.execute("CREATE SCHEMA veer");
      }
      if (!isMade(connection)) {
        statement.execute(TABLE);
      }
      if (holds(connection, LACKS_GUARD)) {
        statement.execute(GUARD);
      }
    }
  }

  /** What is done while the guard is down. */
  interface Removal {
    void run() throws SQLException;
  }

  /** Does what the guard refuses. It stands again when the transaction ends, one way or another. */
  static void unguarded(Connection connection, Removal removal) throws SQLException {
    boolean guarded =
        holds(
            connection,
            "SELECT EXISTS (SELECT FROM pg_catalog.pg_trigger WHERE tgname = 'audit_stands'"
                + " AND tgrelid = pg_catalog.to_regclass('veer.audit'))");
    try (Statement statement = connection.createStatement()) {
      if (guarded) {
        statement.execute("ALTER TABLE veer.audit DISABLE TRIGGER audit_stands");
      }
      removal.run();
      if (guarded) {
        statement.execute("ALTER TABLE veer.audit ENABLE ALWAYS TRIGGER audit_stands");
      }
    }
  }

  private static boolean holds(Connection connection, String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      return row.next() && row.getBoolean(1);
    }
  }
}
