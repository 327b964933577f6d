package nl.veer.control.cutover;

import java.time.Duration;
import nl.veer.control.cutover.CutoverState.Opened;

/**
 * OPENED: the other side takes writes, the user's program sends the applications there, and what
 * the old leg kept on the servers is removed. The side that was left stays fenced.
 */
final class OpenStep implements Step {
  /** The other side is open before it: nobody waits for the budget any more. */
  private static final Duration ON_OPEN_LIMIT = Duration.ofMinutes(5);

  private final NextLeg next;

  OpenStep(NextLeg next) {
    this.next = next;
  }

  @Override
  public CutoverState state() {
    return new Opened();
  }

  @Override
  public void run(Drive drive) {
    FenceSide opened = drive.left().other();
    Fences.open(drive, opened);
    String onOpen = drive.config().cutover().onOpen();
    if (onOpen != null) {
      Fences.command(drive, opened, "on-open", onOpen, ON_OPEN_LIMIT);
    }
    drive.onTo(
        "letting the writers go over",
        to -> {
          drive.meter().moveTo(to, drive.openingTo(), drive.leg().tables());
          return true;
        });
    drive.endOutage();
    next.cleanUp(drive);
    Fences.sweep(drive, opened);
  }
}
