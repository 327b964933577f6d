package nl.veer.control.alert;

/** A way to tell somebody. Called by one thread, which may wait for it. */
interface Channel {

  /** For logs and metrics; no part of an address that is a secret. */
  String name();

  /**
   * Tells it.
   *
   * @throws nl.veer.connectors.failure.Failure TRANSIENT ALERT_UNSENT if it may go soon;
   *     CONFIGURATION ALERT_REFUSED if somebody has to mend something first, ALERT_PARTLY_SENT if
   *     it went to some
   */
  void send(AlertMessage message);
}
