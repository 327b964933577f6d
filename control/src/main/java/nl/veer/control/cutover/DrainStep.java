package nl.veer.control.cutover;

import java.util.Objects;
import java.util.Optional;
import nl.veer.connectors.dialect.postgres.PostgresProgress;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.cutover.CutoverState.Drained;
import nl.veer.replicator.stamp.Stamp;
import nl.veer.replicator.stamp.WaveRecords;
import nl.veer.verifier.ledger.Balanced;
import nl.veer.verifier.ledger.LedgerCheckpoint;
import nl.veer.verifier.record.LedgerStore;
import nl.veer.verifier.record.LedgerView;

/**
 * DRAINED: the marker has come through: the stamp of the other side is behind it, and the ledger
 * has weighed everything up to there. By the records alone, whichever processes carry it. Nobody
 * else is writing to the other side then.
 */
final class DrainStep implements Step {

  @Override
  public CutoverState state() {
    return new Drained();
  }

  /**
   * Findings that stand open before the first step were judged at the gate; it is the new ones that
   * matter, also to whoever goes on with the attempt later.
   */
  @Override
  public void prepare(Drive drive) {
    if (drive.attempt().facts().findings() == null) {
      long open = ledger(drive).map(LedgerView::findings).orElse(0L);
      drive.record(facts -> facts.found(open));
    }
  }

  @Override
  public void run(Drive drive) {
    LsnPosition marker = Objects.requireNonNull(drive.attempt().facts().marker());
    drive.await("the marker to be applied", () -> isBehind(stamp(drive), marker));
    if (drive.config().verification().ledger()) {
      drive.await("the ledger to balance the marker", () -> isBalanced(drive, marker));
    }
    LsnPosition applied = (LsnPosition) stamp(drive).orElseThrow();
    LsnPosition target =
        (LsnPosition) drive.onTo("reading its position", PostgresProgress::inserted);
    drive.record(facts -> facts.drained(applied, target));
    // Behind the position: what was committing there keeps its locks until all can see it.
    OpenWriters.awaitFollower(drive, drive.writersWait());
  }

  private static long known(Drive drive) {
    return Objects.requireNonNull(drive.attempt().facts().findings());
  }

  /** Whether a marker has come through, whatever the ledger has found. */
  static boolean hasPassed(Drive drive, LsnPosition marker) {
    return isBehind(stamp(drive), marker)
        && (!drive.config().verification().ledger() || isBehind(balanced(ledger(drive)), marker));
  }

  private static boolean isBehind(Optional<Position> position, LsnPosition marker) {
    return position.filter(now -> now.isAfter(marker)).isPresent();
  }

  private boolean isBalanced(Drive drive, LsnPosition marker) {
    Optional<LedgerView> view = ledger(drive);
    view.filter(ledger -> ledger.findings() > known(drive))
        .ifPresent(
            ledger -> {
              throw new Failure(
                  FailureKind.TARGET_DATA,
                  "LEDGER_OPEN",
                  "The ledger has found that log and echo do not balance: %d findings are open. See"
                          .formatted(ledger.findings())
                      + " them with: veer diff");
            });
    return isBehind(balanced(view), marker);
  }

  private static Optional<Position> balanced(Optional<LedgerView> view) {
    return view.map(LedgerView::checkpoint).map(LedgerCheckpoint::balanced).map(Balanced::position);
  }

  private static Optional<LedgerView> ledger(Drive drive) {
    WaveId wave = drive.leg().wave();
    return drive.onTo("reading the ledger", to -> LedgerStore.view(to, wave));
  }

  private static Optional<Position> stamp(Drive drive) {
    return drive
        .onTo("reading the stamp", to -> WaveRecords.stamp(to, drive.leg().wave()))
        .map(Stamp::position);
  }
}
