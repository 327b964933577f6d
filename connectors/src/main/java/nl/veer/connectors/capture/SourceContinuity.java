package nl.veer.connectors.capture;

import java.util.Optional;
import nl.veer.connectors.dialect.postgres.PostgresIdentity;
import nl.veer.connectors.dialect.postgres.PostgresSlotState;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.LogTail;
import org.jspecify.annotations.Nullable;

/**
 * Judges whether the source's slot goes on exactly where the log ends. Pure. Anything that is not
 * proven to fit is LOST_POSITION: going on from "now" would be a silent gap.
 *
 * <p>The slot is only ever confirmed up to an END that the log holds. So a slot that stands behind
 * the log's tail is another one, or somebody moved it; and a source whose WAL ends before the tail
 * has forgotten transactions that the log holds. A slot that is confirmed exactly up to the tail
 * proves that its source knows it. One that stands before it does not: an ordinary crash sets a
 * slot back, and so does an old copy of the source. Then the source is asked to send from there,
 * and {@link Rejoin} looks whether the tail's transaction is still among what comes.
 */
final class SourceContinuity {
  private static final String AGAIN = " Load anew: veer load --again.";

  private SourceContinuity() {}

  /**
   * @param tail of the log
   * @param source as it is now
   * @param slot as it is now, if there is one
   * @param walEnd how far the source's WAL goes now
   * @return the position from which the source must send; before the tail if the tail is still to
   *     be proven
   * @throws Failure LOST_POSITION
   */
  static Position require(
      LogTail tail, PostgresIdentity source, Optional<PostgresSlotState> slot, LsnPosition walEnd) {
    requireSameSource(tail.source(), source);
    Position position = tail.position() != null ? tail.position() : tail.start();
    if (position == null) {
      throw lost("LOG_UNPREPARED", "The log does not say where the source's slot began.");
    }
    PostgresSlotState state =
        slot.orElseThrow(
            () -> lost("SLOT_LOST", "The source's replication slot is gone; the log is not."));
    if (state.isLost()) {
      throw lost(
          "SLOT_INVALIDATED",
          "The source has given up the replication slot ("
              + (state.invalidation() == null ? state.walStatus() : state.invalidation())
              + "): WAL that the log lacks is gone. Raise max_slot_wal_keep_size.");
    }
    if (state.confirmed().isAfter(position)) {
      throw lost(
          "SLOT_AHEAD",
          "The source's replication slot stands at "
              + state.confirmed().text()
              + ", behind the log's end at "
              + position.text()
              + ": it was made anew or moved, or the log was cut.");
    }
    if (position.isAfter(walEnd)) {
      throw lost(
          "SOURCE_BEHIND",
          "The log holds transactions up to "
              + position.text()
              + ", but the source's WAL ends at "
              + walEnd.text()
              + ": the source was restored to an earlier state.");
    }
    return tail.position() == null ? position : state.confirmed();
  }

  static void requireSameSource(@Nullable String logged, PostgresIdentity source) {
    if (logged == null) {
      throw lost(
          "LOG_UNKNOWN_SOURCE",
          "The log does not say which source it comes from, though the source has this wave's"
              + " replication slot: the topic was deleted, emptied or made by hand.");
    }
    if (!logged.equals(source.text())) {
      throw lost(
          "SOURCE_CHANGED",
          "The log comes from "
              + logged
              + " (system identifier, timeline, database), but the source is now "
              + source.text()
              + ". After a promotion the positions of the two cannot be compared.");
    }
  }

  static Failure lost(String code, String message) {
    return new Failure(FailureKind.LOST_POSITION, code, message + AGAIN);
  }
}
