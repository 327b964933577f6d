package nl.veer.sandbox.workload;

/** A client met an error that is no race and no outage. */
public final class WorkloadFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WorkloadFailure(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
