package nl.veer.verifier.repair;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.event.WaveId;
import nl.veer.verifier.blame.BlamedTable;
import nl.veer.verifier.blame.LedgerKeys;
import nl.veer.verifier.digest.Digest128;
import nl.veer.verifier.record.Differences;
import nl.veer.verifier.record.FindingRecords;
import nl.veer.verifier.record.Horizon;
import nl.veer.verifier.record.Secrets;
import nl.veer.verifier.repair.RowMending.Answer;
import org.jspecify.annotations.Nullable;

/**
 * Closes on record what a repair was verified to have mended: the difference, and the ledger's
 * findings of the row. The caller commits.
 */
final class RepairClosing {
  private final Connection connection;
  private final WaveId wave;
  private final BlamedTable table;
  private final Horizon before;
  private final Optional<LedgerKeys> ledger;

  /**
   * @param before how far the target was before the look that verified
   */
  RepairClosing(Connection connection, WaveId wave, BlamedTable table, Horizon before)
      throws SQLException {
    this.connection = connection;
    this.wave = wave;
    this.table = table;
    this.before = before;
    this.ledger = Secrets.ledger(connection, wave).map(LedgerKeys::new);
  }

  /**
   * @param repair its number; 0 if nothing was written
   */
  Mended of(PlannedRow row, long repair, Answer answer) throws SQLException {
    Long difference = row.difference();
    if (answer == Answer.EQUAL && repair > 0) {
      if (difference != null) {
        Differences.repaired(connection, difference, "repair " + repair);
      }
      closeFindings(row, repair);
      return new Mended(row, Mended.State.REPAIRED, repair, "Repaired, and verified.");
    }
    if (answer == Answer.EQUAL) {
      return equal(row, difference);
    }
    return new Mended(
        row,
        Mended.State.LEFT,
        repair,
        (repair > 0 ? "Written by repair " + repair + ", but " : "Not written, and ")
            + (answer == Answer.DIFFERENT
                ? "the row still differs: does something on the target change it?"
                : "the row goes on changing, so that it could not be verified. Run it again."));
  }

  /** Maybe by an earlier repair that was ended before it could say so. */
  private Mended equal(PlannedRow row, @Nullable Long difference) throws SQLException {
    Optional<Long> earlier =
        difference == null
            ? Optional.empty()
            : RepairRecords.of(
                connection, wave, row.suspect().table(), row.keyDigest(), difference);
    if (difference != null && earlier.isPresent()) {
      Differences.repaired(connection, difference, "repair " + earlier.get());
      closeFindings(row, earlier.get());
      return new Mended(
          row, Mended.State.REPAIRED, earlier.get(), "Repaired before, and verified now.");
    }
    if (difference != null) {
      Differences.gone(connection, difference, "a look before a repair");
    }
    return new Mended(row, Mended.State.EQUAL, 0, "Both sides are equal by now.");
  }

  private void closeFindings(PlannedRow row, long repair) throws SQLException {
    Optional<Digest128> key = ledger.flatMap(keys -> keys.of(table, row.suspect().key()));
    if (key.isPresent()) {
      FindingRecords.closeRows(
          connection, wave, table.table().id(), List.of(key.get()), before, "repair " + repair);
    }
  }
}
