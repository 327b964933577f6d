package nl.veer.replicator.stamp;

import java.sql.SQLException;
import nl.veer.connectors.dialect.TargetDialect;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/**
 * The epoch under which a replicator writes a wave's records. A write that does not hit the row it
 * must hit has lost its right to, and is refused. Safe for several threads.
 */
record Epoch(TargetDialect dialect, WaveId wave, long number, StampSeal seal) {
  /** PostgreSQL's state for a table that is not there. */
  private static final String NO_TABLE = "42P01";

  /** Refuses unless a write has hit the one row that this epoch owns. */
  void exactlyOne(TargetSession session, int rows) {
    if (rows != 1) {
      doing(
          "looking whether the wave is retired",
          () -> {
            Retirement.refuse(session.connection(), wave);
            return true;
          });
      doing("looking at the stamp", () -> StampSql.owner(session.connection(), wave, seal.intact()))
          .filter(now -> now.epoch() == number && !now.sealed())
          .ifPresent(
              changed -> {
                throw seal.broken();
              });
      throw new Failure(
          FailureKind.CONFLICT,
          "TAKEN_OVER",
          "Another replicator has taken over wave %s, or its records were changed. This one (epoch"
                  .formatted(wave)
              + " %d) stops and has changed nothing. Run only one replicator per wave."
                  .formatted(number));
    }
  }

  interface Work<T> {
    T run() throws SQLException;
  }

  <T> T doing(String what, Work<T> work) {
    try {
      return work.run();
    } catch (SQLException e) {
      throw NO_TABLE.equals(e.getSQLState()) ? seal.gone() : dialect.failure(e, what);
    }
  }
}
