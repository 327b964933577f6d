package nl.veer.control.cutover;

import nl.veer.control.cutover.CutoverState.Rehearsed;

/** REHEARSED: the fence is lowered again. */
final class RehearsedStep implements Step {
  @Override
  public CutoverState state() {
    return new Rehearsed();
  }

  @Override
  public void run(Drive drive) {
    Fences.open(drive, drive.left());
    drive.endOutage();
    Fences.sweep(drive, drive.left());
  }
}
