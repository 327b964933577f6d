package nl.veer.control.status;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.word.Heard;
import nl.veer.verifier.ledger.Balanced;
import nl.veer.verifier.ledger.LedgerCheckpoint;
import nl.veer.verifier.ledger.LedgerCounts;
import nl.veer.verifier.ledger.LedgerStatus;
import nl.veer.verifier.record.LedgerView;
import org.jspecify.annotations.Nullable;

/**
 * How far a wave's ledger is. What is null is not known, or not there yet; beyond the balanced
 * position nothing is known.
 *
 * @param balancedPosition of the source, up to which log and echo were weighed
 * @param balancedTransactions number of the log's last transaction that was
 * @param lagMillis since the source committed that transaction: the lag of the verification
 * @param transactions of the source, weighed since the ledger began
 * @param rows net changes found equal since then
 * @param findings that stand open on record; as its own process sees it, all since then. Each is a
 *     difference, or a change that is not Veer's
 * @param failure why it does not go on
 */
public record LedgerFigures(
    State state,
    @Nullable String balancedPosition,
    @Nullable Long balancedTransactions,
    @Nullable Long lagMillis,
    long transactions,
    long rows,
    long findings,
    @Nullable String failure) {

  /** What the ledger is doing. */
  public enum State {
    /** For the load's end, or for the echo. */
    WAITING,
    BALANCING,
    RETRYING,
    /** Something does not fit; it goes on by itself when somebody has acted. */
    INCIDENT,
    /** Its process's last word is too old, and was not that it ends. */
    SILENT,
    /** No process balances. */
    STOPPED,
    FAILED
  }

  /** As its own process sees it. */
  static LedgerFigures of(LedgerStatus ledger, Instant now) {
    Failure failure = ledger.failure();
    return of(
        state(failure),
        ledger.balanced(),
        ledger.counts(),
        now,
        ledger.counts().findings(),
        failure == null ? null : LiveStatus.text(failure));
  }

  /**
   * As it is on record, and as its process says.
   *
   * @param connected whether some process has a session for it
   * @param heard what its process says of itself
   */
  static LedgerFigures of(LedgerView view, boolean connected, Optional<Heard> heard, Instant now) {
    LedgerCheckpoint last = view.checkpoint();
    Optional<Heard> living = heard.filter(one -> one.speaks() || one.silent());
    return of(
        living.map(LedgerFigures::state).orElseGet(() -> state(view, connected)),
        last == null ? null : last.balanced(),
        last == null ? LedgerCounts.NONE : last.counts(),
        now,
        view.findings(),
        living.isPresent()
            ? living.map(LedgerFigures::trouble).orElse(null)
            : words(view, connected));
  }

  private static State state(Heard heard) {
    if (heard.silent()) {
      return State.SILENT;
    }
    return switch (heard.word().doing()) {
      case STARTING, WAITING -> State.WAITING;
      case LOADING, CATCHING_UP, RUNNING -> State.BALANCING;
      case RETRYING -> State.RETRYING;
      case INCIDENT -> State.INCIDENT;
      case FAILED, ENDED, UNREADABLE -> State.FAILED;
    };
  }

  private static @Nullable String trouble(Heard heard) {
    return heard.silent() ? LegWords.words(heard) : heard.word().failure();
  }

  private static State state(LedgerView view, boolean running) {
    if (view.failureCode() == null) {
      return running ? State.BALANCING : State.STOPPED;
    }
    return running ? State.RETRYING : State.FAILED;
  }

  private static @Nullable String words(LedgerView view, boolean running) {
    String why = view.failureCode() == null ? null : view.failureCode() + ": " + view.failure();
    if (running) {
      return why;
    }
    return "No process balances this wave now. Start veer verify, or veer run"
        + (why == null ? "." : "; the last word of one was " + why);
  }

  private static LedgerFigures of(
      State state,
      @Nullable Balanced balanced,
      LedgerCounts counts,
      Instant now,
      long findings,
      @Nullable String failure) {
    Instant committed = balanced == null ? null : balanced.committedAt();
    return new LedgerFigures(
        state,
        balanced == null ? null : LiveStatus.text(balanced.position()),
        balanced == null ? null : (Long) balanced.transaction(),
        committed == null ? null : (Long) Math.max(0, Duration.between(committed, now).toMillis()),
        counts.transactions(),
        counts.rows(),
        findings,
        failure);
  }

  private static State state(@Nullable Failure failure) {
    if (failure == null) {
      return State.BALANCING;
    }
    if (failure.code().equals("LEDGER_WAITS")) {
      return State.WAITING;
    }
    return failure.kind().reaction() == FailureKind.Reaction.STOP ? State.FAILED : State.RETRYING;
  }
}
