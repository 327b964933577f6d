package nl.veer.replicator.stamp;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import nl.veer.connectors.dialect.TargetDialect;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/**
 * Tells a stamp that Veer wrote from one that somebody set by hand or put back from a dump. The row
 * names the transaction that wrote it, and the database knows better: any other writer leaves the
 * two different. A physical copy of the whole target keeps both, and its stamp is still true of its
 * rows; a row that is put back by itself is true of nothing.
 */
final class StampSeal {
  private static final String AGAIN = "Load the wave anew with 'veer load --again'.";

  private final TargetDialect dialect;
  private final WaveId wave;

  StampSeal(TargetDialect dialect, WaveId wave) {
    this.dialect = dialect;
    this.wave = wave;
  }

  /** The condition that the row is as Veer wrote it. */
  String intact() {
    return "written_by = " + dialect.rowWriter();
  }

  /** What every update of the row by Veer sets, outside of a savepoint. */
  String set() {
    return " written_by = " + dialect.transactionNumber();
  }

  /** Refuses a stamp that somebody else has written. */
  void require(Connection connection) throws SQLException {
    Optional<StampSql.Owner> owner = StampSql.owner(connection, wave, intact());
    if (owner.isPresent() && !owner.get().sealed()) {
      throw broken();
    }
  }

  /** A table is only ever loaded beside a stamp, so loads without one have lost theirs. */
  void requireStampOfLoads(Connection connection) throws SQLException {
    if (StampSql.stamp(connection, wave).isEmpty() && !StampSql.loads(connection, wave).isEmpty()) {
      throw lost("STAMP_LOST", "is gone, though loads of its tables are on record", AGAIN);
    }
  }

  Failure broken() {
    return lost("STAMP_CHANGED", "was changed, or put back, by somebody who is not Veer", AGAIN);
  }

  /** For a table of records that was dropped under the replicator. */
  Failure gone() {
    return lost(
        "STAMP_LOST",
        "is gone with its table, or its loads are",
        AGAIN + " If the whole schema veer is gone, run 'veer run --truncate' after it.");
  }

  private Failure lost(String code, String what, String remedy) {
    return new Failure(
        FailureKind.LOST_POSITION,
        code,
        ("The target's stamp of wave %s (in veer.stamp) %s. Which position the target equals is not"
                + " known any more. %s")
            .formatted(wave, what, remedy));
  }
}
