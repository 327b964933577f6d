package nl.veer.benchmarks.connect;

/** The worker or one of its connectors does not do what it was asked to. */
public final class ConnectFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ConnectFailure(String message) {
    super(message);
  }

  ConnectFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
