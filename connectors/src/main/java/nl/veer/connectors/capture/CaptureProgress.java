package nl.veer.connectors.capture;

import nl.veer.connectors.capture.CaptureStatus.State;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.log.LogTail;
import org.jspecify.annotations.Nullable;

/** Keeps a capture's status up to date, over all its starts. Safe for use by several threads. */
final class CaptureProgress {
  private volatile CaptureStatus status = new CaptureStatus(State.STARTING, null, 0, 0, 0, null);
  private long transactionsBefore;
  private long eventsBefore;

  CaptureStatus status() {
    return status;
  }

  synchronized void starting() {
    CaptureStatus now = status;
    if (now.state() != State.RETRYING) {
      state(State.STARTING, null);
    }
  }

  /** A run begins; what earlier ones have written is kept in the sums. */
  synchronized void begin(LogTail tail) {
    CaptureStatus now = status;
    transactionsBefore = now.transactions();
    eventsBefore = now.events();
    status =
        new CaptureStatus(
            State.STREAMING,
            tail.position(),
            tail.transaction(),
            transactionsBefore,
            eventsBefore,
            null);
  }

  synchronized void published(TransactionStream stream) {
    status =
        new CaptureStatus(
            State.STREAMING,
            stream.lastPosition(),
            stream.lastTransaction(),
            transactionsBefore + stream.transactions(),
            eventsBefore + stream.changes(),
            null);
  }

  synchronized void state(State state, @Nullable Failure failure) {
    CaptureStatus now = status;
    status =
        new CaptureStatus(
            state, now.position(), now.transaction(), now.transactions(), now.events(), failure);
  }
}
