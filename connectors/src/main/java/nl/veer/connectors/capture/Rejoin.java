package nl.veer.connectors.capture;

import nl.veer.connectors.event.Position;
import nl.veer.connectors.log.LogTail;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Proves that the source still knows the log's last transaction, before anything behind it is
 * written. A slot that is confirmed up to it is proof enough. Otherwise the source is asked to send
 * from where the slot stands, and among what comes, all of which the log has, must be that very
 * transaction. A source that was set back in time (a restored snapshot or copy) and has written
 * past that position since is the same server on the same timeline, so nothing else tells it; but
 * it has another transaction there, or none.
 *
 * <p>Owned by the engine's one polling thread.
 */
final class Rejoin {
  private final @Nullable Position last;
  private final @Nullable String witness;
  private boolean proven;

  /**
   * @param start from where on the source sends
   */
  Rejoin(LogTail tail, Position start) {
    this.last = tail.position();
    this.witness = tail.witness();
    this.proven = last == null || !last.isAfter(start);
  }

  /** Whether all that comes now is behind the log's end. */
  boolean isProven() {
    return proven;
  }

  /**
   * Takes a record that the log need not hold: it has it.
   *
   * @return whether it was the END of the log's last transaction
   * @throws nl.veer.connectors.failure.Failure LOST_POSITION if the source has another history
   */
  boolean accept(SourceRecord record) {
    if (last == null || !(record.value() instanceof Struct value) || !SentEnd.is(value)) {
      return false;
    }
    Position position = SentEnd.position(record);
    if (last.isAfter(position)) {
      return false;
    }
    if (position.isAfter(last)) {
      throw rewound("but the source has none there now");
    }
    if (witness != null && !witness.equals(SentEnd.witness(value))) {
      throw rewound("but the source has another one there now");
    }
    proven = true;
    return true;
  }

  private RuntimeException rewound(String found) {
    return SourceContinuity.lost(
        "SOURCE_BEHIND",
        "The log's last transaction was committed at "
            + (last == null ? "an unknown position" : last.text())
            + ", "
            + found
            + ": the source was set back to an earlier state and has gone on from there.");
  }
}
