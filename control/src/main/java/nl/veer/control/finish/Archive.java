package nl.veer.control.finish;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.home.HomeTables;
import nl.veer.control.home.HomeTransaction;
import nl.veer.control.wave.Leg;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a finished migration's records: {@code veer.archive} on the configured target, a
 * row for each row that there was, of all legs, whichever side they stood on. Keys of rows and
 * secrets of digests are left out. A leg's rows, and a wave's own, are kept in one transaction
 * each, and only once: what is there already is not read again, for it may be half removed.
 */
final class Archive {
  private static final String TABLE =
      """
      CREATE TABLE IF NOT EXISTS veer.archive (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        migration text NOT NULL, finish timestamptz NOT NULL, wave text NOT NULL, leg integer,
        record text NOT NULL, content jsonb NOT NULL)
      """;

  /** Of a leg, on the side that it goes to. */
  private static final List<String> OF_LEGS =
      List.of(
          "stamp",
          "load",
          "repair",
          "retired",
          "ledger",
          "ledger_tolerance",
          "finding",
          "scan",
          "difference",
          "verdict");

  /** Of a wave, at home. */
  private static final List<String> OF_WAVES = List.of("leg", "cutover", "fence");

  private static final int AT_ONCE = 1_000;

  private final Connection home;
  private final String migration;
  private final Timestamp finish;

  /**
   * @param home whose transactions the caller does not use meanwhile
   * @param finish when the finish was begun, which tells it from another one of the same name
   */
  Archive(Connection home, String migration, Instant finish) {
    this.home = home;
    this.migration = migration;
    this.finish = Timestamp.from(finish);
  }

  static void make(Connection home) throws SQLException {
    try (Statement statement = home.createStatement()) {
      statement.execute(TABLE);
    }
  }

  /** What was decided and done for a wave: its legs, attempts, fences that stand, and waivers. */
  void keepWave(WaveId wave) throws SQLException {
    once(
        wave,
        null,
        () -> {
          for (String record : OF_WAVES) {
            copy(home, record, wave.wave(), wave, null);
          }
          // Waivers are under the legs' own names.
          copyWhere(home, "waiver", "ltrim(wave, '0123456789') = ?", wave.wave(), wave, null);
        });
  }

  /**
   * What was carried and proven on a leg.
   *
   * @param side that the leg goes to
   */
  void keepLeg(Connection side, Leg leg) throws SQLException {
    once(
        leg.home(),
        leg.number(),
        () -> {
          for (String record : OF_LEGS) {
            copy(side, record, leg.wave().wave(), leg.home(), leg.number());
          }
        });
  }

  /** Something else of the finish, as it is; in the caller's transaction. */
  void keepText(String record, String text) throws SQLException {
    try (PreparedStatement insert =
        home.prepareStatement(
            "INSERT INTO veer.archive (migration, finish, wave, record, content)"
                + " VALUES (?, ?, '', ?, to_jsonb(?::text))")) {
      insert.setString(1, migration);
      insert.setTimestamp(2, finish);
      insert.setString(3, record);
      insert.setString(4, text);
      insert.executeUpdate();
    }
  }

  /** Removes what is kept of a migration, of all its finishes. */
  static void erase(Connection home, String migration) throws SQLException {
    if (HomeTables.exists(home, "veer.archive")) {
      try (PreparedStatement delete =
          home.prepareStatement("DELETE FROM veer.archive WHERE migration = ?")) {
        delete.setString(1, migration);
        delete.executeUpdate();
      }
    }
  }

  private void once(WaveId wave, @Nullable Integer leg, HomeTransaction.Work work)
      throws SQLException {
    HomeTransaction.of(
        home,
        () -> {
          if (!isKept(wave, leg)) {
            work.run();
          }
        });
  }

  private boolean isKept(WaveId wave, @Nullable Integer leg) throws SQLException {
    try (PreparedStatement query =
        home.prepareStatement(
            "SELECT FROM veer.archive WHERE migration = ? AND finish = ? AND wave = ?"
                + " AND leg IS NOT DISTINCT FROM ? LIMIT 1")) {
      query.setString(1, migration);
      query.setTimestamp(2, finish);
      query.setString(3, wave.wave());
      query.setObject(4, leg, Types.INTEGER);
      try (ResultSet row = query.executeQuery()) {
        return row.next();
      }
    }
  }

  private void copy(Connection side, String record, String name, WaveId wave, @Nullable Integer leg)
      throws SQLException {
    copyWhere(side, record, "wave = ?", name, wave, leg);
  }

  private void copyWhere(
      Connection side, String record, String which, String name, WaveId wave, @Nullable Integer leg)
      throws SQLException {
    if (!HomeTables.exists(side, "veer." + record)) {
      return;
    }
    try (PreparedStatement query =
        side.prepareStatement(
            "SELECT to_jsonb(r) - '{digest_key,key_text}'::text[] FROM veer."
                + record
                + " r WHERE migration = ? AND "
                + which)) {
      query.setString(1, migration);
      query.setString(2, name);
      query.setFetchSize(AT_ONCE);
      try (ResultSet row = query.executeQuery()) {
        List<String> rows = new ArrayList<>();
        while (row.next()) {
          rows.add(row.getString(1));
          if (rows.size() == AT_ONCE) {
            add(record, rows, wave.wave(), leg);
            rows.clear();
          }
        }
        add(record, rows, wave.wave(), leg);
      }
    }
  }

  private void add(String record, List<String> rows, String wave, @Nullable Integer leg)
      throws SQLException {
    try (PreparedStatement insert =
        home.prepareStatement(
            "INSERT INTO veer.archive (migration, finish, wave, leg, record, content)"
                + " VALUES (?, ?, ?, ?, ?, ?::jsonb)")) {
      for (String row : rows) {
        insert.setString(1, migration);
        insert.setTimestamp(2, finish);
        insert.setString(3, wave);
        insert.setObject(4, leg, Types.INTEGER);
        insert.setString(5, record);
        insert.setString(6, row);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
