package nl.veer.connectors.failure;

import org.jspecify.annotations.Nullable;

/**
 * The only exception that crosses a package. Its kind decides the reaction, its code names the case
 * in the runbook, its message says what failed, with what, and what to do. A message never holds a
 * row's values. Drivers' exceptions become Failures in one place per database.
 */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FailureKind kind;
  private final String code;

  /**
   * @param code stable upper-case name of the case, for example {@code ROW_COUNT}
   * @param message one or more sentences: what failed, with what, what to do
   */
  public Failure(FailureKind kind, String code, String message) {
    this(kind, code, message, null);
  }

  public Failure(FailureKind kind, String code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.code = code;
  }

  public FailureKind kind() {
    return kind;
  }

  public String code() {
    return code;
  }

  /** The same as an incident: somebody can mend it without ending the role. */
  public Failure asIncident(FailureKind incident) {
    return new Failure(
        incident, code, getMessage() + " It is looked at again; nothing has to be started.", this);
  }

  @Override
  public String toString() {
    return kind + " " + code + ": " + getMessage();
  }
}
