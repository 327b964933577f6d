package nl.veer.control.demo;

import java.util.Optional;
import java.util.function.BooleanSupplier;
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
 * Fourth act: the cutover, first rehearsed and then in earnest, while customers write. One that is
 * given up has undone itself, so it can be tried again.
 */
final class CutoverAct {
  private static final int MOST_TRIES = 3;

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
        () -> {
          stage.audience().line("Rehearsing the cutover: everything up to the proof, and back …");
          Attempt attempt = attempt(AttemptKind.REHEARSAL);
          notes.rehearsed(move(attempt));
          return tell(attempt, new CutoverState.Rehearsed(), "Rehearsed");
        });
  }

  /**
   * The writes move to the side that follows, and the side that they leave follows from then on.
   */
  boolean cutOver() {
    Leg leg = stage.leg();
    String to = DemoStage.to(leg);
    return untilDone(
        () -> {
          stage
              .wave()
              .map(WaveRun::replicatorStatus)
              .ifPresent(status -> notes.carried(leg, status));
          stage.audience().line("Cutting over to the %s …".formatted(to));
          Attempt attempt = attempt(AttemptKind.CUTOVER);
          notes.cutOver(move(attempt));
          return tell(attempt, new CutoverState.Opened(), "Cut over to the " + to);
        });
  }

  private boolean untilDone(BooleanSupplier attempt) {
    for (int tries = 1; !attempt.getAsBoolean(); tries++) {
      if (tries == MOST_TRIES || !stage.goOn()) {
        return false;
      }
      stage.calm("It may not be had");
    }
    return true;
  }

  private Attempt attempt(AttemptKind kind) {
    Audited.of(stage.config())
        .asked(
            DemoWorld.WAVE.wave(),
            "veer demo: " + (kind == AttemptKind.REHEARSAL ? "rehearsal" : "cutover"));
    return stage
        .audience()
        .screen()
        .attempt(
            stage.config().cutover().maxOutage(),
            progress -> {
              try (Cutover cutover = cutover(stage.leg(), progress)) {
                return cutover.run(kind, stage.config().cutover().maxOutage());
              }
            });
  }

  private Cutover cutover(Leg leg, CutoverProgress progress) {
    return new Cutover(
        stage.config(), stage.migration(), leg, stage::log, stage.audience().stop(), progress);
  }

  private boolean tell(Attempt attempt, CutoverState wanted, String done) {
    boolean reached = attempt.state().equals(wanted);
    Long outage = attempt.facts().outageMillis();
    if (!reached) {
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
    return reached;
  }

  private static DemoReport.Move move(Attempt attempt) {
    return new DemoReport.Move(word(attempt), attempt.facts().outageMillis(), attempt.steps());
  }

  private static String word(Attempt attempt) {
    return attempt.state().word();
  }
}
