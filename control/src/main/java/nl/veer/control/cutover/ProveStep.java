package nl.veer.control.cutover;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.config.CutoverConfig;
import nl.veer.control.config.FenceStrategy;
import nl.veer.control.cutover.CutoverState.Proven;
import nl.veer.control.wave.Beside;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;
import nl.veer.verifier.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * PROVEN: both sides stand still, so each row is compared with what it must be; or, where that
 * takes too long, each that may have changed since a scan. Only EQUAL goes on. That the fence has
 * held until then is looked at behind it. Where all rows are compared, which needs neither log nor
 * echo, the way back can begin beside that: nobody's writes are refused for either alone.
 */
final class ProveStep implements Step {
  private final Supplier<OpenLog> log;
  private final Migration migration;
  private final Optional<NextLeg> next;
  private @Nullable Proof proof;

  /**
   * @param next empty for a rehearsal
   */
  ProveStep(Supplier<OpenLog> log, Migration migration, Optional<NextLeg> next) {
    this.log = log;
    this.migration = migration;
    this.next = next;
  }

  @Override
  public CutoverState state() {
    return new Proven();
  }

  @Override
  public void prepare(Drive drive) {
    OptionalLong rows =
        drive.onFrom("estimating the rows", from -> RowEstimate.all(from, drive.leg().tables()));
    ProofPlan plan = ProofPlan.of(rows, drive.attempt().budget());
    proof =
        plan.whole()
            ? WholeProof.prepare(drive, sides(plan.workers()))
            : ChangedProof.prepare(
                drive, plan, new ProofBases(drive.leg(), migration, log), sides(ProofPlan.WORKERS));
    drive.closing(proof);
  }

  private StillSides sides(int workers) {
    return new StillSides(migration.tolerances(), workers);
  }

  @Override
  public void run(Drive drive) {
    Proof way = proof;
    if (way == null) {
      throw new IllegalStateException("The comparison was not prepared");
    }
    StopSignal unwanted = new StopSignal();
    try (Beside back = wayBack(drive, way, unwanted)) {
      boolean equal = false;
      try {
        compare(drive, way);
        equal = true;
      } finally {
        if (!equal) {
          unwanted.raise();
        }
      }
      back.join();
    }
    Fences.requireUp(drive);
  }

  private static void compare(Drive drive, Proof way) {
    Compared compared = way.compare(drive);
    drive.record(facts -> facts.compared(compared));
    drive.budget().require("the comparison");
    drive.requireGoing("the comparison");
    require(compared);
  }

  /**
   * Only behind a fence that stops all who do not take it down: what came through another one
   * during the comparison, the leg would still carry, had it not ended.
   */
  private Beside wayBack(Drive drive, Proof way, StopSignal unwanted) {
    CutoverConfig config = drive.config().cutover();
    boolean tight = config.fence() == FenceStrategy.TRIGGER && config.fenceExempt().isEmpty();
    if (next.isEmpty() || !tight || !(way instanceof WholeProof)) {
      return Beside.nothing();
    }
    Fences.requireUp(drive);
    return Beside.of("way back", () -> next.get().begin(drive, unwanted));
  }

  private static void require(Compared compared) {
    if (compared.verdict() instanceof Verdict.Equal) {
      return;
    }
    throw new Failure(
        FailureKind.TARGET_DATA,
        "NOT_EQUAL",
        "Both sides stood still, and it is not proven that they are equal: %s."
            .formatted(
                compared.against().isEmpty()
                    ? "no table was compared"
                    : String.join("; ", compared.against())));
  }
}
