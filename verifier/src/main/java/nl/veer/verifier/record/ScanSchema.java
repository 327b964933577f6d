package nl.veer.verifier.record;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.event.WaveId;

/** What scans and verdicts keep; made with the ledger's tables by {@link RecordSchema}. */
final class ScanSchema {
  static final String TABLES =
      """
      CREATE TABLE IF NOT EXISTS veer.scan_secret (
        migration text PRIMARY KEY, secret bytea NOT NULL);
      CREATE TABLE IF NOT EXISTS veer.scanner (
        migration text, wave text, epoch bigint NOT NULL, doing text,
        paused_by text, paused_reason text, paused_at timestamptz, PRIMARY KEY (migration, wave));
      CREATE TABLE IF NOT EXISTS veer.scan_progress (
        migration text, wave text, table_schema text, table_name text,
        load_mark text NOT NULL, begun_position text NOT NULL, begun_snapshot text,
        begun_at timestamptz,
        shape text NOT NULL, bound text[] NOT NULL,
        sums text[] NOT NULL, counts bigint[] NOT NULL,
        first_cuts text[] NOT NULL, last_cuts text[] NOT NULL, one_position boolean NOT NULL,
        kinds text[] NOT NULL, keys text[] NOT NULL, columns text[] NOT NULL,
        saved_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (migration, wave, table_schema, table_name));
      CREATE TABLE IF NOT EXISTS veer.scan (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        migration text NOT NULL, wave text NOT NULL,
        table_schema text NOT NULL, table_name text NOT NULL,
        verdict text NOT NULL, reason text, words text, hash text NOT NULL,
        source_position text, target_position text, first_source_position text,
        begun_position text, begun_snapshot text, load_mark text,
        first_transaction bigint, first_source_snapshot text,
        source_rows bigint NOT NULL, target_rows bigint NOT NULL,
        source_sum text NOT NULL, target_sum text NOT NULL, chunks bigint NOT NULL,
        differing bigint NOT NULL, settled_later bigint NOT NULL, unsettled bigint NOT NULL,
        unexamined bigint NOT NULL, exclusions text NOT NULL, one_position boolean NOT NULL,
        started_at timestamptz NOT NULL, duration_ms bigint NOT NULL,
        kept_at timestamptz NOT NULL DEFAULT clock_timestamp());
      CREATE INDEX IF NOT EXISTS scan_of_table
        ON veer.scan (migration, wave, table_schema, table_name, id);
      CREATE TABLE IF NOT EXISTS veer.difference (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        migration text NOT NULL, wave text NOT NULL,
        table_schema text NOT NULL, table_name text NOT NULL,
        key_text text NOT NULL, key_digest text NOT NULL, kind text NOT NULL,
        columns text NOT NULL, scan bigint NOT NULL,
        source_position text NOT NULL, target_position text NOT NULL,
        found_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        last_seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        state text NOT NULL DEFAULT 'OPEN', culprit text, blame text,
        closed_by text, closed_at timestamptz);
      CREATE UNIQUE INDEX IF NOT EXISTS difference_open
        ON veer.difference (migration, wave, table_schema, table_name, key_digest)
        WHERE state = 'OPEN';
      CREATE INDEX IF NOT EXISTS difference_of_table
        ON veer.difference (migration, wave, table_schema, table_name, id);
      CREATE TABLE IF NOT EXISTS veer.verdict (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        migration text NOT NULL, wave text NOT NULL,
        table_schema text NOT NULL, table_name text NOT NULL,
        verdict text NOT NULL, reason text, words text, position text,
        at timestamptz NOT NULL DEFAULT clock_timestamp(), changed_by text NOT NULL);
      CREATE TABLE IF NOT EXISTS veer.scan_ranges (
        migration text, wave text, table_schema text, table_name text,
        load_mark text NOT NULL, scan bigint NOT NULL,
        source_rows bigint NOT NULL, target_rows bigint NOT NULL,
        source_position text NOT NULL, target_position text NOT NULL,
        oldest_at timestamptz NOT NULL, newest_at timestamptz NOT NULL, ranges bigint[] NOT NULL,
        PRIMARY KEY (migration, wave, table_schema, table_name));
      CREATE INDEX IF NOT EXISTS verdict_of_table
        ON veer.verdict (migration, wave, table_schema, table_name, id);
      """;

  /** What tables of an older Veer lack. */
  static final String ADDED =
      """
      ALTER TABLE veer.scan ADD COLUMN IF NOT EXISTS begun_snapshot text,
        ADD COLUMN IF NOT EXISTS first_source_snapshot text,
        ADD COLUMN IF NOT EXISTS kind text, ADD COLUMN IF NOT EXISTS complete boolean,
        ADD COLUMN IF NOT EXISTS begun_at timestamptz;
      ALTER TABLE veer.scan_progress ADD COLUMN IF NOT EXISTS begun_snapshot text,
        ADD COLUMN IF NOT EXISTS begun_at timestamptz, ADD COLUMN IF NOT EXISTS kind text,
        ADD COLUMN IF NOT EXISTS ranges bigint[];
      ALTER TABLE veer.scanner ADD COLUMN IF NOT EXISTS paused_by text,
        ADD COLUMN IF NOT EXISTS paused_reason text,
        ADD COLUMN IF NOT EXISTS paused_at timestamptz;
      """;

  private ScanSchema() {}

  static boolean exists(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT pg_catalog.to_regclass('veer.verdict') IS NOT NULL")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  static void forget(Connection connection, WaveId wave) throws SQLException {
    if (!exists(connection)) {
      return;
    }
    List<String> tables =
        new ArrayList<>(List.of("scanner", "scan_progress", "scan", "difference", "verdict"));
    if (ScanHistory.exists(connection)) {
      tables.add("scan_ranges");
    }
    for (String table : tables) {
      RecordSql.update(
          connection,
          "DELETE FROM veer." + table + " WHERE migration = ? AND wave = ?",
          wave.migration(),
          wave.wave());
    }
    RecordSql.update(
        connection,
        "DELETE FROM veer.scan_secret x WHERE migration = ?"
            + " AND NOT EXISTS (SELECT FROM veer.scanner s WHERE s.migration = x.migration)",
        wave.migration());
  }
}
