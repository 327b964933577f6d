package nl.veer.control.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.cutover.Attempt;
import nl.veer.control.cutover.AttemptFacts;
import nl.veer.control.cutover.AttemptKind;
import nl.veer.control.cutover.CutoverState;
import nl.veer.control.dashboard.command.CommandOutcome;
import nl.veer.control.dashboard.command.CommandState;
import org.junit.jupiter.api.Test;

/** However the driving of an attempt ends in this process, no fence is left with nobody driving. */
class AttemptEndTest {
  private final AtomicInteger aborts = new AtomicInteger();

  @Test
  void anErrorWhileDrivingIsUndoneAnew() {
    CommandOutcome outcome = run(() -> fail(new OutOfMemoryError("heap")), true, this::undone);

    assertThat(aborts).hasValue(1);
    assertThat(outcome.state()).isEqualTo(CommandState.FAILED);
    assertThat(outcome.result()).isEqualTo("ABORTED");
    assertThat(outcome.code()).isEqualTo("UNEXPECTED");
    assertThat(outcome.words())
        .contains("java.lang.OutOfMemoryError", "Attempt 7 is undone")
        .doesNotContain("heap");
  }

  @Test
  void soIsWhatCouldNotBeUndoneForABug() {
    Failure bug = new Failure(FailureKind.BUG, "UNEXPECTED", "Unexpected: it.");
    assertThat(run(() -> fail(bug), true, this::undone).words()).contains("Attempt 7 is undone");
    assertThat(aborts).hasValue(1);
  }

  @Test
  void whatCannotBeUndoneIsSaidToStand() {
    CommandOutcome outcome =
        run(
            () -> fail(new IllegalStateException()),
            true,
            () -> {
              aborts.incrementAndGet();
              throw new NoClassDefFoundError("gone");
            });

    assertThat(aborts).hasValue(1);
    assertThat(outcome.state()).isEqualTo(CommandState.FAILED);
    assertThat(outcome.words())
        .contains("IllegalStateException", "not finished. Undo it with ABORT");
  }

  @Test
  void whereNoStepHasBegunNothingOfAnotherIsUndone() {
    CommandOutcome outcome = run(() -> fail(new NoClassDefFoundError()), false, this::undone);

    assertThat(aborts).hasValue(0);
    assertThat(outcome.words()).contains("Undo it with ABORT");
  }

  @Test
  void whoWasTakenOverDoesNotSayThatItStands() {
    Failure taken = new Failure(FailureKind.CONFLICT, "CUTOVER_TAKEN", "Another drives it.");
    CommandOutcome outcome = run(() -> fail(taken), true, this::undone);

    assertThat(aborts).hasValue(0);
    assertThat(outcome.state()).isEqualTo(CommandState.FAILED);
    assertThat(outcome.code()).isEqualTo("CUTOVER_TAKEN");
    assertThat(outcome.words()).contains("has undone it; see /cutover").doesNotContain("ABORT");
  }

  @Test
  void anAbortThatBreaksIsTriedOnceMore() {
    CommandOutcome outcome =
        AttemptEnd.ofAbort(() -> aborts.get() == 0 ? Optional.of(broken()) : undone());

    assertThat(aborts).hasValue(2);
    assertThat(outcome.code()).isEqualTo("UNEXPECTED");
    assertThat(outcome.result()).isEqualTo("ABORTED");
  }

  private Attempt broken() {
    aborts.incrementAndGet();
    return fail(new StackOverflowError());
  }

  private static CommandOutcome run(
      Supplier<Attempt> run, boolean begun, Supplier<Optional<Attempt>> abort) {
    return AttemptEnd.ofRun(run, () -> begun, abort);
  }

  private static Attempt fail(RuntimeException thrown) {
    throw thrown;
  }

  private static Attempt fail(Error thrown) {
    throw thrown;
  }

  private Optional<Attempt> undone() {
    aborts.incrementAndGet();
    return Optional.of(
        new Attempt(
            7,
            new WaveId("shop", "main"),
            0,
            AttemptKind.REHEARSAL,
            new CutoverState.Aborted(),
            2,
            Duration.ofSeconds(10),
            AttemptFacts.NONE,
            Map.of(),
            Instant.EPOCH,
            Instant.EPOCH,
            "CUTOVER_ABORTED",
            "It was given up."));
  }
}
