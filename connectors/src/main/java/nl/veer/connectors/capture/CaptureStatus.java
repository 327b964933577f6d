package nl.veer.connectors.capture;

import java.time.Instant;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What a capture has done so far, at one moment.
 *
 * @param position commit position of the last transaction that the log holds whole; null before the
 *     first
 * @param transaction its number; 0 before the first
 * @param committedAt when the source committed it, by its own clock; null before the first since
 *     this capture was last begun
 * @param transactions written to the log since this process began
 * @param events changes written to the log since this process began
 * @param retries how often it was begun anew after a failure, since this process began
 * @param failure why it stopped or what it retries; null while all is well
 */
public record CaptureStatus(
    State state,
    @Nullable Position position,
    long transaction,
    @Nullable Instant committedAt,
    long transactions,
    long events,
    long retries,
    @Nullable Failure failure) {

  /** Of one whose last transaction's time is not known. */
  public CaptureStatus(
      State state,
      @Nullable Position position,
      long transaction,
      long transactions,
      long events,
      long retries,
      @Nullable Failure failure) {
    this(state, position, transaction, null, transactions, events, retries, failure);
  }

  /** What a capture is doing. */
  public enum State {
    STARTING,
    STREAMING,
    RETRYING,
    /** Something on the source does not fit; it is looked at again until somebody has acted. */
    INCIDENT,
    STOPPED,
    FAILED
  }
}
