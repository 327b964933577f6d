package nl.veer.control.cutover;

import java.util.List;
import java.util.Optional;
import nl.veer.connectors.dialect.postgres.PostgresFence;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.cutover.CutoverState.Prepared;

/**
 * PREPARED: whether the fence can be had is found out, and what of it has to wait for locks is
 * done, before anything is refused. For a cutover the next leg is made as well, and its log
 * captured.
 */
final class PrepareStep implements Step {
  private final Optional<NextLeg> next;

  /**
   * @param next empty for a rehearsal
   */
  PrepareStep(Optional<NextLeg> next) {
    this.next = next;
  }

  @Override
  public CutoverState state() {
    return new Prepared();
  }

  @Override
  public void run(Drive drive) {
    Fences.kind(drive.config().cutover()).ifPresent(kind -> requireFence(drive, kind));
    next.ifPresent(leg -> leg.make(drive));
    drive.requireGoing("the preparation");
    Fences.prepare(drive, Fences.plan(drive), drive.config().cutover().writersWait());
  }

  private static void requireFence(Drive drive, PostgresFence.Kind kind) {
    List<String> obstacles =
        drive.onFrom(
            "looking whether the fence can be had",
            from ->
                PostgresFence.obstacles(
                    from, kind, drive.leg().tables(), drive.config().cutover().fenceExempt()));
    if (!obstacles.isEmpty()) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "FENCE_REFUSED",
          "The fence cannot be had on the %s: %s"
              .formatted(drive.left().word(), String.join("; ", obstacles)));
    }
  }

  @Override
  public void undo(Drive drive) {
    next.ifPresent(leg -> leg.remove(drive));
    Fences.sweep(drive, drive.left());
  }
}
