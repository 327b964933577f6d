package nl.veer.replicator.stamp;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.TargetDialect;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;

/**
 * The records of one wave on the target, in the hands of the one replicator that owns the epoch.
 * Every write carries the epoch and hits exactly one row, in the same transaction as the rows that
 * it speaks of: a replicator that was taken over cannot commit anything. The caller commits. Safe
 * for several threads, each with a session of its own.
 */
public final class StampStore {
  private final TargetDialect dialect;
  private final WaveId wave;
  private final Epoch epoch;
  private final StampSeal seal;

  private StampStore(Epoch epoch) {
    this.dialect = epoch.dialect();
    this.wave = epoch.wave();
    this.epoch = epoch;
    this.seal = epoch.seal();
  }

  /** What the sessions that write for a wave are opened for. */
  public static String applyPurpose(WaveId wave) {
    return wave + " apply";
  }

  /** What the sessions that load for a wave are opened for. */
  public static String loadPurpose(WaveId wave) {
    return wave + " load";
  }

  /**
   * Makes the records if need be, ends the former owner's sessions and begins a new epoch.
   *
   * @throws Failure LOST_POSITION if the stamp is gone or not as Veer wrote it; CONFLICT if the
   *     wave is retired
   */
  public static StampStore takeOver(TargetDialect dialect, TargetConnections target, WaveId wave) {
    StampSeal seal = new StampSeal(dialect, wave);
    try (TargetSession session = dialect.openBriefly(target, wave + " takeover")) {
      Connection connection = session.connection();
      try {
        dialect.migrateRecords(connection);
        seal.requireStampOfLoads(connection);
        makeStamp(dialect, connection, wave, seal);
        session.commit();
        dialect.endSessions(connection, List.of(applyPurpose(wave), loadPurpose(wave)));
        seal.require(connection);
        beginEpoch(dialect, connection, wave);
        Retirement.refuse(connection, wave);
        long epoch = StampSql.owner(connection, wave, seal.intact()).orElseThrow().epoch();
        session.commit();
        return new StampStore(new Epoch(dialect, wave, epoch, seal));
      } catch (SQLException e) {
        throw dialect.failure(e, "taking over wave " + wave);
      }
    }
  }

  /** A leg behind the first one is adopted, never loaded: its stamp is there, or it is lost. */
  private static void makeStamp(
      TargetDialect dialect, Connection connection, WaveId wave, StampSeal seal)
      throws SQLException {
    if (wave.legNumber() > 0 && StampSql.stamp(connection, wave).isEmpty()) {
      throw seal.gone();
    }
    StampSql.update(
        connection,
        "INSERT INTO veer.stamp (migration, wave, epoch, transaction_number, written_by)"
            + " SELECT ?, ?, 0, 0, "
            + dialect.transactionNumber()
            + " WHERE NOT EXISTS"
            + " (SELECT 1 FROM veer.stamp WHERE migration = ? AND wave = ?)",
        wave.migration(),
        wave.wave(),
        wave.migration(),
        wave.wave());
  }

  static void beginEpoch(TargetDialect dialect, Connection connection, WaveId wave)
      throws SQLException {
    StampSql.update(
        connection,
        "UPDATE veer.stamp SET epoch = epoch + 1, written_by = "
            + dialect.transactionNumber()
            + " WHERE migration = ? AND wave = ?",
        wave.migration(),
        wave.wave());
    StampSql.update(
        connection,
        "UPDATE veer.load SET epoch = (SELECT s.epoch FROM veer.stamp s"
            + " WHERE s.migration = ? AND s.wave = ?) WHERE migration = ? AND wave = ?",
        wave.migration(),
        wave.wave(),
        wave.migration(),
        wave.wave());
  }

  /** Reads the stamp and records this session as its owner; refuses if the epoch has passed. */
  public Stamp claim(TargetSession session) {
    return epoch.doing(
        "reading the stamp",
        () -> {
          epoch.exactlyOne(
              session,
              StampSql.update(
                  session.connection(),
                  "UPDATE veer.stamp SET owner_pid = ?, owner_start = CURRENT_TIMESTAMP,"
                      + seal.set()
                      + " WHERE migration = ? AND wave = ? AND epoch = ? AND "
                      + seal.intact(),
                  (int) dialect.sessionId(session.connection()),
                  wave.migration(),
                  wave.wave(),
                  epoch.number()));
          return StampSql.stamp(session.connection(), wave).orElseThrow();
        });
  }

  /** Refuses if the epoch has passed. For an owner that has had nothing to write for a while. */
  public void requireOwned(TargetSession session) {
    Optional<StampSql.Owner> owner =
        epoch.doing(
            "looking at the epoch",
            () -> StampSql.owner(session.connection(), wave, seal.intact()));
    epoch.exactlyOne(
        session,
        owner.filter(now -> now.epoch() == epoch.number() && now.sealed()).isPresent() ? 1 : 0);
  }

  /** Ends all other sessions for this purpose: what they had not committed is undone. */
  public void endSessions(TargetSession session, String purpose) {
    epoch.doing(
        "ending older sessions",
        () -> {
          dialect.endSessions(session.connection(), List.of(purpose));
          return true;
        });
  }

  /** Moves the stamp on. Refuses unless it still stands where this owner left it. */
  public void advance(TargetSession session, Stamp from, Stamp to) {
    Position position = to.position();
    epoch.exactlyOne(
        session,
        epoch.doing(
            "advancing the stamp",
            () ->
                StampSql.update(
                    session.connection(),
                    "UPDATE veer.stamp SET transaction_number = ?, position = ?, log_id = ?,"
                        + " log_offset = ?, committed_at = ?, applied_at = CURRENT_TIMESTAMP,"
                        + seal.set()
                        + " WHERE migration = ? AND wave = ? AND epoch = ?"
                        + " AND transaction_number = ? AND "
                        + seal.intact(),
                    to.transaction(),
                    position == null ? null : position.text(),
                    to.logId(),
                    to.logOffset(),
                    to.committedAt(),
                    wave.migration(),
                    wave.wave(),
                    epoch.number(),
                    from.transaction())));
  }

  /** The loads of the wave's tables, under the same epoch. */
  public LoadRecords loads() {
    return new LoadRecords(epoch);
  }
}
