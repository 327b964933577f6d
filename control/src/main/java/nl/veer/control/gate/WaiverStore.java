package nl.veer.control.gate;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.gate.PredicateName.Waiving;
import nl.veer.control.home.HomeTables;
import nl.veer.control.home.HomeTransaction;
import nl.veer.verifier.record.AuditEntry;
import nl.veer.verifier.record.AuditLog;

/**
 * The waivers of a leg, in {@code veer.waiver} at home. Each is made, and taken back, in one
 * transaction with its entry in the audit log. They hold for one leg: the way back has its own.
 * Stateless.
 */
public final class WaiverStore {
  /** Any number that only whoever makes this table locks. */
  private static final long LOCK = 0x7665657277616976L;

  private static final String TABLE =
      """
      CREATE TABLE IF NOT EXISTS veer.waiver (
        migration text, wave text, predicate text, reason text NOT NULL, waived_by text NOT NULL,
        waived_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (migration, wave, predicate))
      """;

  private static final String WAIVE =
      """
      INSERT INTO veer.waiver (migration, wave, predicate, reason, waived_by)
      VALUES (?, ?, ?, ?, session_user || ' (' || ? || ')')
      ON CONFLICT (migration, wave, predicate) DO UPDATE
      SET reason = excluded.reason, waived_by = excluded.waived_by, waived_at = excluded.waived_at
      """;

  private WaiverStore() {}

  /** A leg's waivers by predicate. */
  public static Map<String, Waiver> read(Connection home, WaveId leg) throws SQLException {
    Map<String, Waiver> waivers = new LinkedHashMap<>();
    if (!HomeTables.exists(home, "veer.waiver")) {
      return waivers;
    }
    try (PreparedStatement query =
        home.prepareStatement(
            "SELECT predicate, reason, waived_by, waived_at FROM veer.waiver"
                + " WHERE migration = ? AND wave = ? ORDER BY predicate")) {
      query.setString(1, leg.migration());
      query.setString(2, leg.wave());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          Waiver waiver =
              new Waiver(
                  row.getString(1),
                  row.getString(2),
                  row.getString(3),
                  row.getTimestamp(4).toInstant());
          waivers.put(waiver.predicate(), waiver);
        }
      }
    }
    return waivers;
  }

  /**
   * Waives a predicate, or gives another reason.
   *
   * @param home whose transactions commit by themselves
   * @throws Failure CONFIGURATION if there is none of this name, or it cannot be waived
   */
  public static void waive(Connection home, WaveId leg, String predicate, String reason)
      throws SQLException {
    PredicateName name = named(predicate);
    if (name.waiving() == Waiving.NEVER) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "NOT_WAIVABLE",
          "%s cannot be waived: without it the cutover cannot be carried out, or not be undone."
              .formatted(predicate));
    }
    HomeTransaction.of(
        home,
        () -> {
          make(home);
          try (PreparedStatement insert = home.prepareStatement(WAIVE)) {
            insert.setString(1, leg.migration());
            insert.setString(2, leg.wave());
            insert.setString(3, predicate);
            insert.setString(4, reason);
            insert.setString(5, System.getProperty("user.name", "?"));
            insert.executeUpdate();
          }
          AuditLog.append(
              home,
              new AuditEntry(
                  leg.migration(), leg.wave(), "waive " + predicate, "because: " + reason));
        });
  }

  /**
   * Takes a waiver back.
   *
   * @param home whose transactions commit by themselves
   * @return whether there was one
   * @throws Failure CONFIGURATION if there is no predicate of this name
   */
  public static boolean unwaive(Connection home, WaveId leg, String predicate) throws SQLException {
    named(predicate);
    if (!HomeTables.exists(home, "veer.waiver")) {
      return false;
    }
    boolean[] stood = new boolean[1];
    HomeTransaction.of(
        home,
        () -> {
          try (PreparedStatement delete =
              home.prepareStatement(
                  "DELETE FROM veer.waiver WHERE migration = ? AND wave = ? AND predicate = ?")) {
            delete.setString(1, leg.migration());
            delete.setString(2, leg.wave());
            delete.setString(3, predicate);
            stood[0] = delete.executeUpdate() == 1;
          }
          if (stood[0]) {
            AuditLog.append(
                home,
                new AuditEntry(leg.migration(), leg.wave(), "unwaive " + predicate, "taken back"));
          }
        });
    return stood[0];
  }

  /** Forgets all of a wave's, its later legs' too: what was decided for one that is removed. */
  public static void forget(Connection home, WaveId wave) throws SQLException {
    if (HomeTables.exists(home, "veer.waiver")) {
      try (PreparedStatement delete =
          home.prepareStatement(
              "DELETE FROM veer.waiver WHERE migration = ? AND ltrim(wave, '0123456789') = ?")) {
        delete.setString(1, wave.migration());
        delete.setString(2, wave.wave());
        delete.executeUpdate();
      }
    }
  }

  private static PredicateName named(String predicate) {
    return PredicateName.find(predicate)
        .orElseThrow(
            () ->
                new Failure(
                    FailureKind.CONFIGURATION,
                    "PREDICATE_UNKNOWN",
                    "The gate has no predicate '%s'; it has: %s."
                        .formatted(
                            predicate,
                            Arrays.stream(PredicateName.values())
                                .map(PredicateName::text)
                                .collect(Collectors.joining(", ")))));
  }

  private static void make(Connection home) throws SQLException {
    if (!HomeTables.exists(home, "veer.stamp")) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "NOT_BEGUN",
          "Nothing of the migration is on record yet, so nothing can be waived. Begin with: veer"
              + " run");
    }
    if (!HomeTables.exists(home, "veer.waiver")) {
      try (Statement statement = home.createStatement()) {
        statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
        statement.execute(TABLE);
      }
    }
  }
}
