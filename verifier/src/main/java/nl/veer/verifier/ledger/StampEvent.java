package nl.veer.verifier.ledger;

import nl.veer.connectors.event.Position;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * The wave's row of {@code veer.stamp} after a target transaction.
 *
 * @param transaction number of the last log transaction that the target holds
 * @param logOffset behind it in the log; null as long as the log was never read
 */
record StampEvent(
    long transaction,
    @Nullable Position position,
    @Nullable String logId,
    @Nullable Long logOffset) {

  static StampEvent of(VeerRow row) {
    Object number = row.value("transaction_number");
    Object position = row.value("position");
    Object logId = row.value("log_id");
    Object logOffset = row.value("log_offset");
    if (!(number instanceof Long transaction)) {
      throw new Failure(
          FailureKind.SOURCE_DATA,
          "LEDGER_STAMP_FORM",
          "The echo has a row of veer.stamp without a transaction's number. Is the table the one"
              + " that Veer made?");
    }
    return new StampEvent(
        transaction,
        position instanceof String text ? Position.parse(text) : null,
        logId instanceof String id ? id : null,
        logOffset instanceof Long offset ? offset : null);
  }

  /** The wave is to be loaded anew, and its log read from its beginning. */
  boolean isReset() {
    return transaction == 0 && position == null;
  }
}
