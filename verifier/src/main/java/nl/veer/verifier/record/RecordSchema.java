package nl.veer.verifier.record;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The verifier's own tables in the target's schema {@code veer}, which the replicator has made. */
final class RecordSchema {
  /** Any number that only Veer's verifiers lock; they may all begin at once. */
  private static final long LOCK = 0x7665657276657201L;

  private static final String TABLES =
      """
      CREATE TABLE IF NOT EXISTS veer.ledger (
        migration text, wave text, epoch bigint NOT NULL, digest_key bytea NOT NULL,
        value_version integer, echo_id text, echo_offset bigint, echo_transaction bigint,
        echo_position text, log_id text,
        balanced_from bigint, balanced_transaction bigint, balanced_position text,
        balanced_log_offset bigint, balanced_committed_at timestamptz,
        failure_code text, failure text,
        echo_transactions bigint, transactions bigint, row_count bigint, incomparable bigint,
        unbalanced bigint, loaded bigint, findings bigint, saved_at timestamptz,
        PRIMARY KEY (migration, wave));
      CREATE TABLE IF NOT EXISTS veer.ledger_tolerance (
        migration text, wave text, tolerance text, row_count bigint NOT NULL,
        PRIMARY KEY (migration, wave, tolerance));
      CREATE TABLE IF NOT EXISTS veer.ledger_boundary (
        migration text, wave text, table_schema text, table_name text,
        boundary text NOT NULL, boundary_position text NOT NULL,
        whole_before boolean, key_columns text[],
        PRIMARY KEY (migration, wave, table_schema, table_name));
      CREATE TABLE IF NOT EXISTS veer.finding (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        migration text NOT NULL, wave text NOT NULL, echo_id text NOT NULL,
        echo_transaction bigint NOT NULL, kind text NOT NULL,
        table_schema text NOT NULL, table_name text NOT NULL, key_digest text NOT NULL,
        key_text text NOT NULL, columns text[] NOT NULL,
        in_log text NOT NULL, in_echo text NOT NULL, row_count bigint NOT NULL,
        log_position text, log_committed_at timestamptz,
        echo_position text, echo_committed_at timestamptz, echo_xid text NOT NULL,
        what text NOT NULL, found_at timestamptz NOT NULL DEFAULT now(),
        culprit text, blame text, closed_by text, closed_at timestamptz,
        UNIQUE (migration, wave, echo_id, echo_transaction, kind, table_schema, table_name,
                key_digest));
      CREATE INDEX IF NOT EXISTS finding_of_table
        ON veer.finding (migration, wave, table_schema, table_name);
      """;

  /** What tables of an older Veer lack. */
  private static final String ADDED =
      """
      ALTER TABLE veer.finding ADD COLUMN IF NOT EXISTS culprit text,
        ADD COLUMN IF NOT EXISTS blame text, ADD COLUMN IF NOT EXISTS closed_by text,
        ADD COLUMN IF NOT EXISTS closed_at timestamptz;
      ALTER TABLE veer.ledger ADD COLUMN IF NOT EXISTS failure_code text,
        ADD COLUMN IF NOT EXISTS failure text;
      ALTER TABLE veer.ledger_boundary ADD COLUMN IF NOT EXISTS whole_before boolean,
        ADD COLUMN IF NOT EXISTS key_columns text[];
      """;

  /** Takes no lock that anybody waits for, as making what is there already would. */
  private static final String IS_MADE =
      """
      SELECT (SELECT bool_and(pg_catalog.to_regclass('veer.' || n) IS NOT NULL)
              FROM unnest(ARRAY['ledger', 'ledger_tolerance', 'ledger_boundary', 'finding',
                'finding_of_table', 'audit_number', 'scan_secret', 'scanner', 'scan_progress', 'scan',
                'scan_of_table', 'difference', 'difference_open', 'difference_of_table', 'verdict',
                'verdict_of_table', 'scan_ranges']) AS n)
         AND NOT EXISTS (
           SELECT FROM (VALUES ('finding', 'culprit'), ('finding', 'blame'),
             ('finding', 'closed_by'), ('finding', 'closed_at'), ('ledger', 'failure_code'),
             ('ledger', 'failure'), ('ledger_boundary', 'whole_before'),
             ('ledger_boundary', 'key_columns'), ('scan', 'begun_snapshot'),
             ('scan', 'first_source_snapshot'), ('scan_progress', 'begun_snapshot'), ('scan_progress', 'begun_at'),
             ('scan', 'kind'), ('scan', 'complete'), ('scan', 'begun_at'),
             ('scan_progress', 'kind'), ('scan_progress', 'ranges'),
             ('scanner', 'paused_by'), ('scanner', 'paused_reason'), ('scanner', 'paused_at')) AS c(t, name)
           WHERE NOT EXISTS (
             SELECT FROM pg_catalog.pg_attribute a
             WHERE a.attrelid = pg_catalog.to_regclass('veer.' || c.t) AND a.attname = c.name
               AND NOT a.attisdropped))
      """;

  private RecordSchema() {}

  static boolean exists(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT pg_catalog.to_regclass('veer.ledger') IS NOT NULL")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  /** Makes what is not there, however many do it at once. The caller commits. */
  static void make(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (isMade(statement)) {
        return;
      }
      statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
      if (isMade(statement)) {
        return;
      }
      AuditSchema.make(connection);
      statement.execute(TABLES);
      statement.execute(ScanSchema.TABLES);
      statement.execute(ADDED);
      statement.execute(ScanSchema.ADDED);
    }
  }

  private static boolean isMade(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(IS_MADE)) {
      row.next();
      return row.getBoolean(1);
    }
  }
}
