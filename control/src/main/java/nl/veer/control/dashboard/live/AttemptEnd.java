package nl.veer.control.dashboard.live;

import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import nl.veer.connectors.failure.BareTrace;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.cutover.Attempt;
import nl.veer.control.cutover.CutoverState;
import nl.veer.control.cutover.CutoverTerms;
import nl.veer.control.dashboard.command.CommandOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What came of an attempt that was driven here. Where that ended as nobody foresaw, the process
 * lives on with nobody driving, and no budget lowers the fence: so it is undone once more, anew.
 */
final class AttemptEnd {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptEnd.class);

  private AttemptEnd() {}

  /**
   * @param run drives the attempt to its end, and has closed all that it opened then
   * @param begun whether a step of it has begun; else what stands may be another's
   * @param abort undoes what stands
   */
  static CommandOutcome ofRun(
      Supplier<Attempt> run, BooleanSupplier begun, Supplier<Optional<Attempt>> abort) {
    try {
      return of(run.get());
    } catch (Failure failure) {
      if (CutoverTerms.isNotBegun(failure)) {
        return CommandOutcome.refused(failure.code(), String.valueOf(failure.getMessage()));
      }
      return failure.kind() == FailureKind.BUG && begun.getAsBoolean()
          ? undoneAnew(failure, abort)
          : failed(failure);
    } catch (RuntimeException | Error e) {
      Failure failure = unforeseen(e);
      return begun.getAsBoolean() ? undoneAnew(failure, abort) : failed(failure);
    }
  }

  /**
   * @param abort undoes what stands
   */
  static CommandOutcome ofAbort(Supplier<Optional<Attempt>> abort) {
    try {
      return abort
          .get()
          .map(AttemptEnd::given)
          .orElseGet(
              () ->
                  CommandOutcome.refused(
                      CommandOutcome.NOTHING_STANDS, "No attempt stands: there is nothing to do."));
    } catch (Failure failure) {
      if (CutoverTerms.isNotBegun(failure)) {
        return CommandOutcome.failed(null, failure.code(), String.valueOf(failure.getMessage()));
      }
      return failure.kind() == FailureKind.BUG ? undoneAnew(failure, abort) : failed(failure);
    } catch (RuntimeException | Error e) {
      return undoneAnew(unforeseen(e), abort);
    }
  }

  private static Failure unforeseen(Throwable e) {
    // Without the words: they may quote what was worked on.
    LOG.atError().log("An attempt ended as nobody foresaw: {}", BareTrace.of(e));
    return new Failure(
        FailureKind.BUG, "UNEXPECTED", "Unexpected: %s.".formatted(BareTrace.named(e)), e);
  }

  private static CommandOutcome undoneAnew(Failure why, Supplier<Optional<Attempt>> abort) {
    try {
      return abort
          .get()
          .map(
              attempt ->
                  CommandOutcome.failed(
                      attempt.state().word(),
                      why.code(),
                      "%s Attempt %d is undone; writes are taken."
                          .formatted(why.getMessage(), attempt.id())))
          .orElseGet(
              () ->
                  CommandOutcome.failed(
                      null,
                      why.code(),
                      "%s No attempt stands any more; see /cutover for what came of it."
                          .formatted(why.getMessage())));
    } catch (RuntimeException | Error e) {
      LOG.atError().log("The attempt could not be undone either: {}", BareTrace.of(e));
      return failed(why);
    }
  }

  private static CommandOutcome of(Attempt attempt) {
    boolean well =
        attempt.state() instanceof CutoverState.Rehearsed
            || attempt.state() instanceof CutoverState.Opened;
    String word = attempt.state().word();
    Long outage = attempt.facts().outageMillis();
    String refused =
        outage == null
            ? "writes were never refused"
            : "writes were refused for %,d ms".formatted(outage);
    return well
        ? CommandOutcome.done(word, "Attempt %d: %s, %s.".formatted(attempt.id(), word, refused))
        : CommandOutcome.failed(
            word,
            Objects.requireNonNullElse(attempt.failureCode(), "CUTOVER_ABORTED"),
            "Attempt %d was given up, %s: %s".formatted(attempt.id(), refused, attempt.failure()));
  }

  /** It was given up, as was asked for. */
  private static CommandOutcome given(Attempt attempt) {
    return CommandOutcome.done(
        attempt.state().word(), "Attempt %d is undone; writes are taken.".formatted(attempt.id()));
  }

  /** It has begun, and whoever drove it here does so no more. */
  private static CommandOutcome failed(Failure failure) {
    return CommandOutcome.failed(
        null,
        failure.code(),
        failure.code().equals("CUTOVER_TAKEN")
            ? "The attempt was taken over: another drives it or has undone it; see /cutover."
            : failure.getMessage()
                + " The attempt is not finished. Undo it with ABORT, or go on with: veer cutover"
                + " --resume");
  }
}
