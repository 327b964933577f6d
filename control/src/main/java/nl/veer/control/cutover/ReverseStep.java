package nl.veer.control.cutover;

import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.cutover.CutoverState.Reversed;

/**
 * REVERSED: the leg is over, the next one begins where it ended, and a canary has made its way
 * through it. Most often that was done beside the comparison already. The fence must stand before
 * and behind it. Undone before the fence is lowered: two legs that both carry would be a ring.
 */
final class ReverseStep implements Step {
  private final NextLeg next;

  ReverseStep(NextLeg next) {
    this.next = next;
  }

  @Override
  public CutoverState state() {
    return new Reversed();
  }

  @Override
  public void run(Drive drive) {
    Fences.requireUp(drive);
    next.begin(drive, new StopSignal());
    Fences.requireUp(drive);
  }

  @Override
  public boolean takeBack(Drive drive) {
    return next.takeBack(drive);
  }

  @Override
  public void undo(Drive drive) {
    next.stop(drive);
  }
}
