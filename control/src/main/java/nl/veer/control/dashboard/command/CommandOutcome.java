package nl.veer.control.dashboard.command;

import nl.veer.connectors.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What came of a command.
 *
 * @param state DONE, FAILED or REFUSED
 * @param result in a word: REHEARSED, OPENED, ABORTED, EQUAL; null if there is none
 * @param words for people
 * @param code why it is not DONE; null if it is
 */
public record CommandOutcome(
    CommandState state, @Nullable String result, String words, @Nullable String code) {
  /** There is no attempt, so that there is nothing to give up. */
  public static final String NOTHING_STANDS = "NOTHING_STANDS";

  public static CommandOutcome done(String result, String words) {
    return new CommandOutcome(CommandState.DONE, result, words, null);
  }

  /** It began. */
  public static CommandOutcome failed(@Nullable String result, String code, String words) {
    return new CommandOutcome(CommandState.FAILED, result, words, code);
  }

  /** Nothing was done. */
  public static CommandOutcome refused(String code, String words) {
    return new CommandOutcome(CommandState.REFUSED, null, words, code);
  }

  static CommandOutcome failed(Failure failure) {
    return failed(null, failure.code(), String.valueOf(failure.getMessage()));
  }

  /** As the audit log says it. */
  String forAudit() {
    return switch (state) {
      case DONE -> "done: " + result;
      case REFUSED -> "refused: " + code;
      default -> "failed: " + code;
    };
  }
}
