package nl.veer.control.wave;

import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/**
 * Tells a failure of the echo's capture as one of the echo. That capture is the source's own, and
 * calls what it reads from its source.
 */
final class EchoFailures {
  private static final String HEAD = "The target's echo (what it calls the source is the target): ";
  private static final String AGAIN = " Of the echo only, that is: veer verify --again.";

  private EchoFailures() {}

  /** Does the work; its failures are the echo's. */
  static void telling(Runnable work) {
    try {
      work.run();
    } catch (Failure failure) {
      throw told(failure);
    }
  }

  static Failure told(Failure failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.startsWith(HEAD)) {
      return failure;
    }
    boolean begunAnew =
        failure.kind() == FailureKind.LOST_POSITION || message.contains("veer load --again");
    return new Failure(
        failure.kind(), failure.code(), HEAD + message + (begunAnew ? AGAIN : ""), failure);
  }
}
