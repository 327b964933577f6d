package nl.veer.control.cli;

import java.io.PrintWriter;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/** A question that could not be answered, which is not the answer no. */
final class Unanswered {
  private Unanswered() {}

  /**
   * Says why.
   *
   * @return the exit code
   * @throws Failure this one, if it is the configuration's: then it was the wrong question
   */
  static int of(Failure failure, PrintWriter err) {
    if (failure.kind() == FailureKind.CONFIGURATION) {
      throw failure;
    }
    return of(String.valueOf(failure.getMessage()), err);
  }

  /**
   * Says why.
   *
   * @return the exit code
   */
  static int of(String why, PrintWriter err) {
    err.println("veer: UNKNOWN: " + why);
    err.flush();
    return ExitCode.UNKNOWN;
  }
}
