package nl.veer.control.cutover;

import nl.veer.connectors.dialect.postgres.PostgresMarkers;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.control.cutover.CutoverState.Fenced;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * FENCED: refuses writes, waits for the transactions that had written before, prepared ones too,
 * and only then puts the marker into the log: whatever committed is before it, and nothing comes
 * behind.
 */
final class FenceStep implements Step {
  private static final Logger LOG = LoggerFactory.getLogger(FenceStep.class);
  private static final String MARKER = "fence";

  @Override
  public CutoverState state() {
    return new Fenced();
  }

  @Override
  public void run(Drive drive) {
    String plan = Fences.plan(drive);
    // A second copy: with it the fence can be lowered by hand if home is gone for good.
    LOG.atInfo().addKeyValue("wave", drive.wave()).log("The fence's plan:\n{}", plan);
    drive.beginOutage();
    OutageBudget waiting = drive.writersWait();
    Fences.raise(drive, plan, waiting.left());
    OpenWriters.awaitLeft(drive, waiting);
    LsnPosition marker =
        drive.onFrom(
            "writing the marker",
            from ->
                PostgresMarkers.emit(
                    from, drive.leg().wave(), MARKER, Long.toString(drive.attempt().id())));
    drive.record(facts -> facts.marked(marker));
  }

  @Override
  public void undo(Drive drive) {
    Fences.open(drive, drive.left());
    drive.endOutage();
  }
}
