package nl.veer.benchmarks.ledger;

import java.util.List;
import nl.veer.benchmarks.capture.CaptureContest;
import nl.veer.benchmarks.contest.Contest;
import nl.veer.benchmarks.ground.Crossing;
import nl.veer.benchmarks.ground.Roles;
import nl.veer.benchmarks.ground.Work;
import nl.veer.benchmarks.ground.Writing;

/**
 * The ledger by itself over a log and an echo that are already there, in turns with the capture of
 * as many rows, which it must keep up with.
 */
public final class LedgerContest {
  private LedgerContest() {}

  /**
   * Over a crossing that {@link #cross} has seen through.
   *
   * @param rows that crossed
   */
  public static Contest of(Crossing crossing, long rows, int rounds) {
    Writing writing = new Writing(Writing.Kind.INSERTS, rows, 1_000);
    return new Contest(
        "ledger, " + crossing.shape().name(),
        crossing.world().servers(),
        List.of(
            new VeerLedger(crossing, rows),
            CaptureContest.veer(crossing.world(), crossing.shape(), writing)),
        1,
        rounds);
  }

  /** Carries new rows across with a ledger beside, until all are balanced. */
  public static void cross(Crossing crossing, long rows) throws Exception {
    try (Roles roles = Roles.start(crossing, true)) {
      roles.awaitReplicating();
      new Writing(Writing.Kind.INSERTS, rows, 1_000).write(crossing);
      Work.await(() -> roles.ledger().counts().rows() >= rows, roles::requireGoing);
    }
  }
}
