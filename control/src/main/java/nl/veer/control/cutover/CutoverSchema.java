package nl.veer.control.cutover;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The cutovers' own tables in home's schema {@code veer}, which the replicator has made. */
final class CutoverSchema {
  /** Any number that only Veer's cutovers lock; several may begin at once. */
  private static final long LOCK = 0x7665657263757401L;

  private static final String TABLES =
      """
      CREATE TABLE IF NOT EXISTS veer.cutover (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        migration text NOT NULL, wave text NOT NULL, leg integer NOT NULL, kind text NOT NULL,
        state text NOT NULL, epoch bigint NOT NULL DEFAULT 1, budget_millis bigint NOT NULL,
        fence_plan text, known_findings bigint, fenced_at timestamptz, marker text, applied text,
        target_position text,
        table_count bigint, row_count bigint, verdict text, proof text,
        outage_millis bigint, measured_by text,
        steps text NOT NULL DEFAULT '', failure_code text, failure text,
        started_by name NOT NULL DEFAULT session_user,
        started_at timestamptz NOT NULL DEFAULT clock_timestamp(), finished_at timestamptz);
      CREATE UNIQUE INDEX IF NOT EXISTS cutover_standing
        ON veer.cutover (migration, wave) WHERE finished_at IS NULL;
      CREATE TABLE IF NOT EXISTS veer.fence (
        migration text, wave text, side text CHECK (side IN ('source', 'target')),
        attempt bigint NOT NULL, plan text NOT NULL,
        planned_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (migration, wave, side));
      ALTER TABLE veer.cutover ADD COLUMN IF NOT EXISTS proof text,
        ADD COLUMN IF NOT EXISTS known_findings bigint;
      """;

  private CutoverSchema() {}

  static boolean exists(Connection home) throws SQLException {
    try (Statement statement = home.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT pg_catalog.to_regclass('veer.cutover') IS NOT NULL"
                    + " AND pg_catalog.to_regclass('veer.cutover_standing') IS NOT NULL"
                    + " AND pg_catalog.to_regclass('veer.fence') IS NOT NULL")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  /** Those of an older Veer have fewer columns. */
  private static boolean isComplete(Connection home) throws SQLException {
    try (Statement statement = home.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) = 2 FROM pg_catalog.pg_attribute"
                    + " WHERE attname IN ('proof', 'known_findings')"
                    + " AND attrelid = 'veer.cutover'::regclass AND NOT attisdropped")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  /** Makes what is not there, however many do it at once. The caller commits. */
  static void make(Connection home) throws SQLException {
    if (exists(home) && isComplete(home)) {
      return;
    }
    try (Statement statement = home.createStatement()) {
      statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
      statement.execute(TABLES);
    }
  }
}
