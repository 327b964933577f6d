package nl.veer.control.alert;

import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/** The ways in which a message does not arrive. */
final class AlertFailures {
  /** Of what is refused as a whole, and can be sent again. */
  static final String REFUSED = "ALERT_REFUSED";

  private AlertFailures() {}

  /** It may go later. */
  static Failure unsent(String why, Throwable cause) {
    return new Failure(FailureKind.TRANSIENT, "ALERT_UNSENT", why + " It is tried again.", cause);
  }

  /** Somebody has to mend something, here or there. */
  static Failure refused(String why, @Nullable Throwable cause) {
    return new Failure(FailureKind.CONFIGURATION, REFUSED, why, cause);
  }

  /** Sent again, it would come again to some. */
  static Failure partly(String why, Throwable cause) {
    return new Failure(FailureKind.CONFIGURATION, "ALERT_PARTLY_SENT", why, cause);
  }
}
