package nl.veer.control.alert;

import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/** The two ways in which a message does not arrive. */
final class AlertFailures {
  private AlertFailures() {}

  /** It may go later. */
  static Failure unsent(String why, Throwable cause) {
    return new Failure(FailureKind.TRANSIENT, "ALERT_UNSENT", why + " It is tried again.", cause);
  }

  /** Nothing but another configuration helps. */
  static Failure refused(String why, Throwable cause) {
    return new Failure(FailureKind.CONFIGURATION, "ALERT_REFUSED", why, cause);
  }
}
