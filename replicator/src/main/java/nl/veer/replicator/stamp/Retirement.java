package nl.veer.replicator.stamp;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.TargetDialect;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/**
 * Ends a wave's replication for good: of a leg whose writes were moved on. The mark is a row of its
 * own on the leg's target ({@code veer.retired}), written under the stamp's lock together with a
 * new epoch. So a replicator that has the epoch commits before it or never, and one that would take
 * the epoch meets the mark: also one that was paused, or is started on another machine. No column
 * of {@code veer.stamp}, for the echo carries that table. Each call opens a session of its own and
 * may be repeated.
 */
public final class Retirement {
  /** What a role fails with whose leg is retired. */
  public static final String CODE = "LEG_RETIRED";

  private final TargetDialect dialect;
  private final TargetConnections target;

  public Retirement(TargetDialect dialect, TargetConnections target) {
    this.dialect = dialect;
    this.target = target;
  }

  /** When this returns, nothing is ever again committed for this wave, until {@link #undo}. */
  public void mark(WaveId wave) {
    changing(
        wave,
        connection -> {
          dialect.endSessions(
              connection, List.of(StampStore.applyPurpose(wave), StampStore.loadPurpose(wave)));
          StampStore.beginEpoch(dialect, connection, wave);
          StampSql.update(
              connection,
              "INSERT INTO veer.retired (migration, wave) SELECT ?, ? WHERE NOT EXISTS"
                  + " (SELECT 1 FROM veer.retired WHERE migration = ? AND wave = ?)",
              wave.migration(),
              wave.wave(),
              wave.migration(),
              wave.wave());
        });
  }

  /** A replicator of the wave may take it over again. */
  public void undo(WaveId wave) {
    changing(
        wave,
        connection ->
            StampSql.update(
                connection,
                "DELETE FROM veer.retired WHERE migration = ? AND wave = ?",
                wave.migration(),
                wave.wave()));
  }

  /** Whether the mark stands. */
  public boolean stands(WaveId wave) {
    try (Connection connection = target.open(wave + " retirement")) {
      return dialect.hasRecords(connection) && stands(connection, wave);
    } catch (SQLException e) {
      throw dialect.failure(e, "looking whether wave " + wave + " is retired");
    }
  }

  /** The same, as the caller's session sees it; the records must be there. */
  public static boolean stands(Connection connection, WaveId wave) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT EXISTS (SELECT 1 FROM veer.retired WHERE migration = ? AND wave = ?)")) {
      query.setString(1, wave.migration());
      query.setString(2, wave.wave());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /**
   * Refuses a wave that is retired. To be asked behind the stamp's lock.
   *
   * @throws Failure CONFLICT
   */
  static void refuse(Connection connection, WaveId wave) throws SQLException {
    if (stands(connection, wave)) {
      throw new Failure(
          FailureKind.CONFLICT,
          CODE,
          ("Wave %s is retired: its writes were moved on by a cutover, and nothing is applied for"
                  + " it any more. Nothing was changed. What runs now is shown by: veer status")
              .formatted(wave));
    }
  }

  private interface Change {
    void run(Connection connection) throws SQLException;
  }

  private void changing(WaveId wave, Change change) {
    try (TargetSession session = dialect.openBriefly(target, wave + " retirement")) {
      try {
        dialect.migrateRecords(session.connection());
        change.run(session.connection());
      } catch (SQLException e) {
        throw dialect.failure(e, "retiring wave " + wave);
      }
      session.commit();
    }
  }
}
