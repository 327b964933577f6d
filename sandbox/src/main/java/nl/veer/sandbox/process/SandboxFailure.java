package nl.veer.sandbox.process;

/** A part of the sandbox cannot start, or broke. The message says what to do. */
public final class SandboxFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SandboxFailure(String message) {
    super(message);
  }

  public SandboxFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
