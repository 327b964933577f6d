package nl.veer.control.cutover;

import java.time.Duration;
import java.util.List;
import nl.veer.connectors.dialect.postgres.PostgresMarkers;
import nl.veer.connectors.dialect.postgres.PostgresWriters;
import nl.veer.connectors.dialect.postgres.Writer;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
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
  private static final int NAMED = 5;

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
    awaitWriters(drive, waiting);
    LsnPosition marker =
        drive.onFrom(
            "writing the marker",
            from ->
                PostgresMarkers.emit(
                    from, drive.leg().wave(), MARKER, Long.toString(drive.attempt().id())));
    drive.record(facts -> facts.marked(marker));
  }

  /** Those that come later meet the fence, also if they hold a lock until they are refused. */
  private static void awaitWriters(Drive drive, OutageBudget waiting) {
    List<Writer> open = writers(drive);
    drive.await(
        "transactions that were open",
        () -> {
          List<Writer> left =
              open.isEmpty()
                  ? open
                  : drive.onFrom(
                      "looking for open transactions",
                      from -> PostgresWriters.left(from, drive.leg().tables(), open));
          if (!left.isEmpty() && waiting.isOut()) {
            throw tooLong(drive, left);
          }
          return left.isEmpty();
        });
  }

  private static List<Writer> writers(Drive drive) {
    return drive.onFrom(
        "looking for open transactions", from -> PostgresWriters.on(from, drive.leg().tables()));
  }

  private static Failure tooLong(Drive drive, List<Writer> writers) {
    Duration limit = drive.config().cutover().writersWait();
    List<String> named = writers.stream().limit(NAMED).map(Writer::told).toList();
    return new Failure(
        FailureKind.TRANSIENT,
        "WRITERS_OPEN",
        "%d transactions on the %s that have written to the wave's tables did not end within %d ms: "
                .formatted(writers.size(), drive.left().word(), limit.toMillis())
            + String.join("; ", named)
            + ". End them, or allow more with cutover.writers-wait.");
  }

  @Override
  public void undo(Drive drive) {
    Fences.open(drive, drive.left());
    drive.endOutage();
  }
}
