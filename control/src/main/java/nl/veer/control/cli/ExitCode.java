package nl.veer.control.cli;

import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/** What the veer command's exit codes mean. */
final class ExitCode {
  static final int OK = 0;

  /** It did not work, or the answer is no. */
  static final int FAILED = 1;

  /** The command line or the configuration is wrong. */
  static final int USAGE = 2;

  /** Something could not be read, so there is no answer. */
  static final int UNKNOWN = 3;

  private ExitCode() {}

  static int of(Failure failure) {
    return failure.kind() == FailureKind.CONFIGURATION ? USAGE : FAILED;
  }
}
