package nl.veer.verifier.ledger;

import java.time.Duration;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.LogReader;
import org.jspecify.annotations.Nullable;

/**
 * Up to where the log is weighed, and the log's reader, which stands there. Owned by one thread.
 */
final class LogPlace {
  private final LogReader log;
  private final TransactionReader transactions;
  private @Nullable Balanced balanced;

  /**
   * @param balanced as far as it is known
   */
  LogPlace(LogReader log, StopSignal stop, @Nullable Balanced balanced) {
    this.log = log;
    this.transactions = new TransactionReader(log, stop);
    this.balanced = balanced;
    goOn();
  }

  String logId() {
    return log.logId();
  }

  /** Null as long as no stamp was seen, or after a gap in the echo. */
  @Nullable Balanced balanced() {
    return balanced;
  }

  /** Nobody knows any more where the target stands. */
  void lose() {
    balanced = null;
  }

  /** The ledger begins, or begins anew, at this stamp. */
  void begin(StampEvent stamp) {
    requireSameLog(stamp);
    balanced =
        new Balanced(
            stamp.transaction(), stamp.transaction(), stamp.position(), stamp.logOffset(), null);
    goOn();
  }

  /** A claim, which covers nothing new: it may know better than before where the log begins. */
  void claimed(StampEvent stamp) {
    Balanced before = balanced;
    if (before != null && before.logOffset() == null && stamp.logOffset() != null) {
      balanced =
          new Balanced(
              before.from(),
              before.transaction(),
              before.position(),
              stamp.logOffset(),
              before.committedAt());
    }
  }

  /** Reads what the stamp covers beyond what is weighed. */
  Reading read(StampEvent stamp, LogBatch batch, Duration patience) {
    return transactions.read(stamp.transaction(), batch, patience);
  }

  /** Number of the log's last transaction that was read. */
  long complete() {
    return transactions.complete();
  }

  /**
   * What the stamp covers is weighed.
   *
   * @param from number of the transaction behind which all that follows is known to be balanced
   * @param end of the last of these transactions; null if it is missing
   */
  void advance(long from, StampEvent stamp, @Nullable TransactionEnd end) {
    balanced =
        new Balanced(
            from,
            stamp.transaction(),
            end == null ? stamp.position() : end.position(),
            transactions.offset(),
            end == null ? null : end.committedAt());
  }

  private void goOn() {
    Balanced from = balanced;
    if (from == null) {
      return;
    }
    Long offset = from.logOffset();
    Position position = from.position();
    if (offset == null) {
      transactions.seek(log.beginOffset(), from.transaction(), position);
    } else if (offset < log.beginOffset()) {
      throw lost("offset %d of the log was deleted, it begins at %d", offset, log.beginOffset());
    } else {
      transactions.seek(Math.min(offset, log.endOffset()), from.transaction(), position);
    }
  }

  void requireSameLog(StampEvent stamp) {
    if (stamp.logId() != null && !stamp.logId().equals(log.logId())) {
      throw lost(
          "the target was filled from another topic (%s) than %s", stamp.logId(), log.logId());
    }
  }

  static Failure lost(String what, Object... with) {
    return new Failure(
        FailureKind.LOST_POSITION,
        "LEDGER_PLACE",
        "The ledger cannot go on from where it was: "
            + what.formatted(with)
            + ". What was balanced is still true; for what follows, begin a new ledger, and scan the"
            + " tables.");
  }
}
