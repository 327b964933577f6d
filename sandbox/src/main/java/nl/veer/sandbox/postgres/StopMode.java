package nl.veer.sandbox.postgres;

/** The ways in which a PostgreSQL server can end. */
public enum StopMode {
  /** Open transactions are rolled back, a checkpoint is written. */
  FAST("INT"),
  /** No checkpoint: the next start recovers from the WAL. */
  IMMEDIATE("QUIT"),
  /** {@code kill -9} of the postmaster; its backends notice and end by themselves. */
  KILL("KILL");

  private final String signal;

  StopMode(String signal) {
    this.signal = signal;
  }

  String signal() {
    return signal;
  }
}
