package nl.veer.control.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.audit.Audited;
import nl.veer.control.cutover.Attempt;
import nl.veer.control.cutover.AttemptFacts;
import nl.veer.control.cutover.AttemptKind;
import nl.veer.control.cutover.Cutover;
import nl.veer.control.cutover.CutoverProgress;
import nl.veer.control.cutover.CutoverState;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.WaveRun;

/**
 * Fourth act: the cutover, first rehearsed and then in earnest, while customers write. One that
 * took too long has undone itself, and is tried again with twice the time; what else it may be
 * given up for is told.
 */
final class CutoverAct {
  private static final int MOST_TRIES = 3;

  /** What a machine that has too much to do may come to. */
  private static final Set<String> TOO_LONG =
      Set.of("OUTAGE_BUDGET", "LEG_SILENT", "WRITERS_OPEN", "FENCE_LOCKED");

  private final DemoStage stage;
  private final DemoNotes notes;

  CutoverAct(DemoStage stage, DemoNotes notes) {
    this.stage = stage;
    this.notes = notes;
  }

  /**
   * In a kept directory, a demo that was killed may have left an attempt behind: it is undone, or
   * if it is too late for that, brought to its end.
   */
  void settle() {
    try (Cutover cutover = cutover(stage.leg(), CutoverProgress.NONE)) {
      Optional<Attempt> left;
      try {
        left = cutover.abort();
      } catch (Failure failure) {
        if (!failure.code().equals("CUTOVER_TOO_LATE")) {
          throw failure;
        }
        left = cutover.resume();
      }
      left.ifPresent(
          attempt ->
              stage
                  .audience()
                  .line("A cutover was left in the middle; it is " + word(attempt) + " now."));
    }
  }

  /** Everything but the move. */
  boolean rehearse() {
    return untilDone(
        new CutoverState.Rehearsed(),
        "Rehearsed",
        budget -> {
          stage.audience().line("Rehearsing the cutover: everything up to the proof, and back …");
          Attempt attempt = attempt(AttemptKind.REHEARSAL, budget);
          notes.rehearsed(move(attempt));
          return attempt;
        });
  }

  /**
   * The writes move to the side that follows, and the side that they leave follows from then on.
   */
  boolean cutOver() {
    Leg leg = stage.leg();
    String to = DemoStage.to(leg);
    return untilDone(
        new CutoverState.Opened(),
        "Cut over to the " + to,
        budget -> {
          stage
              .wave()
              .map(WaveRun::replicatorStatus)
              .ifPresent(status -> notes.carried(leg, status));
          stage.audience().line("Cutting over to the %s …".formatted(to));
          Attempt attempt = attempt(AttemptKind.CUTOVER, budget);
          notes.cutOver(move(attempt));
          return attempt;
        });
  }

  private boolean untilDone(
      CutoverState wanted, String done, Function<Duration, Attempt> attempting) {
    Duration budget = stage.config().cutover().maxOutage();
    for (int tries = 1; ; tries++) {
      Attempt attempt = attempting.apply(budget);
      tell(attempt, wanted, done);
      if (attempt.state().equals(wanted)) {
        return true;
      }
      String code = attempt.failureCode();
      if (tries == MOST_TRIES || code == null || !TOO_LONG.contains(code) || !stage.goOn()) {
        return false;
      }
      budget = budget.multipliedBy(2);
      stage.calm("It takes too long");
      stage.audience().line("Once more, with %d s for it.".formatted(budget.toSeconds()));
    }
  }

  private Attempt attempt(AttemptKind kind, Duration budget) {
    Audited.of(stage.config())
        .asked(
            DemoWorld.WAVE.wave(),
            "veer demo: " + (kind == AttemptKind.REHEARSAL ? "rehearsal" : "cutover"));
    return stage
        .audience()
        .screen()
        .attempt(
            budget,
            progress -> {
              try (Cutover cutover = cutover(stage.leg(), progress)) {
                return cutover.run(kind, budget);
              }
            });
  }

  private Cutover cutover(Leg leg, CutoverProgress progress) {
    return new Cutover(
        stage.config(), stage.migration(), leg, stage::log, stage.audience().stop(), progress);
  }

  private void tell(Attempt attempt, CutoverState wanted, String done) {
    Long outage = attempt.facts().outageMillis();
    if (!attempt.state().equals(wanted)) {
      stage.audience().line("Given up, and undone: " + attempt.failure());
    } else if (outage != null) {
      stage
          .audience()
          .line(
              "%s: writes were refused for %,d ms of at most %,d ms%s."
                  .formatted(
                      done,
                      outage,
                      attempt.budget().toMillis(),
                      AttemptFacts.WRITER.equals(attempt.facts().measuredBy())
                          ? ", as a writer measured it"
                          : ""));
    }
  }

  private static DemoReport.Move move(Attempt attempt) {
    return new DemoReport.Move(word(attempt), attempt.facts().outageMillis(), attempt.steps());
  }

  private static String word(Attempt attempt) {
    return attempt.state().word();
  }
}
