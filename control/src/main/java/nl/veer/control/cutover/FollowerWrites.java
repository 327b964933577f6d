package nl.veer.control.cutover;

import java.time.Duration;
import java.util.Optional;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.RowChanged;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.TableTruncated;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.LogReader;
import nl.veer.connectors.log.LoggedEvent;
import nl.veer.control.wave.LegCut;

/**
 * What somebody else has committed on the side that follows, between the place behind which both
 * sides were compared and the place where the way back begins. The comparison may not have seen it,
 * and the way back leaves it out; so it would be on one side alone. The way back's own log, which
 * is captured since the preparation, has it.
 */
final class FollowerWrites {
  /** Both places are moments apart, so that this is far enough back, as a rule. */
  private static final long FIRST_STEP = 200;

  private static final long FURTHER = 10;
  private static final Duration POLL = Duration.ofMillis(20);

  private final LogReader log;
  private final LsnPosition since;
  private final LegCut cut;
  private final Runnable requireTime;

  /**
   * @param log of the way back; holds the transaction where that begins
   * @param since what was committed up to here the comparison has seen
   * @param requireTime throws when nothing is left of the budget
   */
  FollowerWrites(LogReader log, LsnPosition since, LegCut cut, Runnable requireTime) {
    this.log = log;
    this.since = since;
    this.cut = cut;
    this.requireTime = requireTime;
  }

  /**
   * @throws Failure CONFLICT if there is such a transaction
   */
  void requireNone() {
    long step = FIRST_STEP;
    while (!readFrom(Math.max(log.beginOffset(), log.endOffset() - step))) {
      step *= FURTHER;
    }
  }

  /** Whether this was far enough back. */
  private boolean readFrom(long offset) {
    boolean whole = offset == log.beginOffset();
    Optional<TableId> written = Optional.empty();
    log.seek(offset);
    while (true) {
      for (LoggedEvent logged : log.poll(POLL)) {
        if (logged.event() instanceof RowChanged row) {
          written = Optional.of(row.table());
        } else if (logged.event() instanceof TableTruncated truncated) {
          written = Optional.of(truncated.table());
        } else if (logged.event() instanceof TransactionEnd end) {
          boolean behind = end.position().isAfter(since);
          if (behind && !whole) {
            return false;
          }
          whole = true;
          if (behind && written.isPresent()) {
            throw written(written.get(), end);
          }
          if (end.place().transaction() >= cut.transaction()) {
            return true;
          }
          written = Optional.empty();
        }
      }
      requireTime.run();
    }
  }

  private static Failure written(TableId table, TransactionEnd end) {
    return new Failure(
        FailureKind.CONFLICT,
        "PASSIVE_WRITTEN",
        "Somebody has written to %s on the side that follows, at %s, while both sides were compared"
                .formatted(table, end.position())
            + " or behind that. Find who, let nobody write there, and begin again when the sides are"
            + " equal: veer scan");
  }
}
