package nl.veer.connectors.capture;

import nl.veer.connectors.capture.CaptureStatus.State;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.log.LogTail;
import org.jspecify.annotations.Nullable;

/** Keeps a capture's status up to date, over all its starts. Safe for use by several threads. */
final class CaptureProgress {
  private volatile CaptureStatus status = new CaptureStatus(State.STARTING, null, 0, 0, 0, 0, null);
  private long transactionsBefore;
  private long eventsBefore;

  CaptureStatus status() {
    return status;
  }

  synchronized void starting() {
    if (isWell()) {
      state(State.STARTING, null);
    }
  }

  /**
   * A run begins; what earlier ones have written is kept in the sums, and why the last one failed
   * until this one has written: it may meet the same, after a wait for a server that is silent.
   */
  synchronized void begin(LogTail tail) {
    CaptureStatus now = status;
    transactionsBefore = now.transactions();
    eventsBefore = now.events();
    status =
        new CaptureStatus(
            isWell() ? State.STREAMING : now.state(),
            tail.position(),
            tail.transaction(),
            transactionsBefore,
            eventsBefore,
            now.retries(),
            isWell() ? null : now.failure());
  }

  private boolean isWell() {
    State state = status.state();
    return state != State.RETRYING && state != State.INCIDENT;
  }

  /** What the log has already, and is met again after a start, is no success yet. */
  synchronized void published(TransactionStream stream) {
    CaptureStatus now = status;
    boolean well = isWell() || stream.changes() > 0;
    status =
        new CaptureStatus(
            well ? State.STREAMING : now.state(),
            stream.lastPosition(),
            stream.lastTransaction(),
            stream.lastCommittedAt(),
            transactionsBefore + stream.transactions(),
            eventsBefore + stream.changes(),
            now.retries(),
            well ? null : now.failure());
  }

  synchronized void state(State state, @Nullable Failure failure) {
    state(state, 0, failure);
  }

  /** It failed, and will be tried again. */
  synchronized void retried(State state, Failure failure) {
    state(state, 1, failure);
  }

  private void state(State state, int retries, @Nullable Failure failure) {
    CaptureStatus now = status;
    status =
        new CaptureStatus(
            state,
            now.position(),
            now.transaction(),
            now.committedAt(),
            now.transactions(),
            now.events(),
            now.retries() + retries,
            failure);
  }
}
