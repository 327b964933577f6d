package nl.veer.control.dashboard.command;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that was asked for, and how far it is.
 *
 * @param id random, so that no yes from before is one for another command
 * @param approvedBy the second person; null if there is none
 * @param startedAt null before it began
 * @param endedAt null before its end
 * @param failureCode why it is not DONE; null if it is, or is not at its end
 * @param words what it does, or what came of it
 * @param result in a word; null if there is none
 */
public record Command(
    String id,
    CommandOrder order,
    CommandState state,
    Instant askedAt,
    @Nullable String approvedBy,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String failureCode,
    @Nullable String words,
    @Nullable String result) {
  /** Who is asked for a yes gives it within this, or not at all. */
  public static final Duration APPROVAL = Duration.ofMinutes(15);

  static Command waiting(String id, CommandOrder order, Instant now) {
    return new Command(
        id,
        order,
        CommandState.WAITING_APPROVAL,
        now,
        null,
        null,
        null,
        null,
        "An approver has to say yes until %s.".formatted(now.plus(APPROVAL)),
        null);
  }

  static Command begun(String id, CommandOrder order, Instant now) {
    return new Command(
        id, order, CommandState.RUNNING, now, null, now, null, null, "It begins.", null);
  }

  boolean isWaiting() {
    return state == CommandState.WAITING_APPROVAL;
  }

  /** Whether a yes would come too late. */
  boolean isPast(Instant now) {
    return isWaiting() && !now.isBefore(askedAt.plus(APPROVAL));
  }

  Command approved(String by, Instant now) {
    require(CommandState.WAITING_APPROVAL);
    return new Command(
        id, order, CommandState.RUNNING, askedAt, by, now, null, null, "It begins.", null);
  }

  /** It is under way, and does this. */
  Command says(String doing) {
    require(CommandState.RUNNING);
    return new Command(id, order, state, askedAt, approvedBy, startedAt, null, null, doing, null);
  }

  Command expired(Instant now) {
    require(CommandState.WAITING_APPROVAL);
    return over(
        CommandState.EXPIRED,
        now,
        "APPROVAL_EXPIRED",
        "Nobody said yes within %d minutes.".formatted(APPROVAL.toMinutes()),
        null);
  }

  /** It waited, and will not begin. */
  Command withdrawn(String code, String why, Instant now) {
    require(CommandState.WAITING_APPROVAL);
    return over(CommandState.REFUSED, now, code, why, null);
  }

  Command ended(CommandOutcome outcome, Instant now) {
    require(CommandState.RUNNING);
    return over(outcome.state(), now, outcome.code(), outcome.words(), outcome.result());
  }

  private Command over(
      CommandState to, Instant now, @Nullable String code, String why, @Nullable String what) {
    return new Command(id, order, to, askedAt, approvedBy, startedAt, now, code, why, what);
  }

  /** The one door between two states. */
  private void require(CommandState now) {
    if (state != now) {
      throw new IllegalStateException("A command is " + state + ", not " + now);
    }
  }
}
