package nl.veer.verifier.verdict;

import nl.veer.connectors.event.Position;
import org.jspecify.annotations.Nullable;

/**
 * A state in which the target was read.
 *
 * @param snapshot which of its own transactions are included; two reads with the same text have
 *     seen the same state
 * @param position the end of its own WAL right after the snapshot was taken
 * @param stamp what the target itself said in that snapshot; null where no wave is compared
 */
public record TargetCut(String snapshot, Position position, @Nullable Applied stamp) {

  /**
   * How much of the log the target holds.
   *
   * @param transaction number of the last applied transaction
   * @param position its source position
   * @param logId the log that it came from
   * @param logOffset offset behind it, or before: what lies before is included
   */
  public record Applied(long transaction, Position position, String logId, long logOffset) {}

  /** The target's own position, or the source's position that its stamp names. */
  public Position said() {
    return stamp == null ? position : stamp.position();
  }
}
