package nl.veer.benchmarks;

import java.util.Set;
import nl.veer.benchmarks.apply.ApplyContest;
import nl.veer.benchmarks.capture.CaptureContest;
import nl.veer.benchmarks.contest.Peer;
import nl.veer.benchmarks.ground.Crossing;
import nl.veer.benchmarks.ground.Shape;
import nl.veer.benchmarks.ground.World;
import nl.veer.benchmarks.ground.Writing;
import nl.veer.benchmarks.load.LoadContest;
import nl.veer.benchmarks.pipeline.PipelineContest;
import nl.veer.benchmarks.scan.ScanContest;

/**
 * A little of everything that needs no program beside Java, in under three minutes: what a lost
 * order of magnitude shows in, and no more than that.
 */
final class QuickSuite {
  /** Those that are quick, and there wherever Java is. */
  static final Set<Peer> PEERS = Set.of(Peer.COPY, Peer.ENGINE, Peer.NATIVE, Peer.SQL);

  private static final long ROWS = 60_000;
  private static final int ROUNDS = 2;
  private static final int TRANSACTION = 1_000;

  private QuickSuite() {}

  static void run(World world, Plan plan) throws Exception {
    Shape shape = Shape.NARROW;
    plan.hold(LoadContest.of(world, shape, ROWS * 2, ROUNDS));
    plan.hold(CaptureContest.of(world, shape, writing(Writing.Kind.INSERTS), ROUNDS));
    plan.hold(ApplyContest.of(world, shape, writing(Writing.Kind.INSERTS), ROUNDS));
    plan.hold(ApplyContest.of(world, shape, writing(Writing.Kind.UPDATES), ROUNDS));
    plan.hold(PipelineContest.of(world, shape, writing(Writing.Kind.INSERTS), ROUNDS));
    try (Crossing crossing = world.crossing("scan", shape)) {
      ScanContest.fill(crossing, ROWS * 4);
      plan.hold(ScanContest.of(crossing, ROWS * 4, ROUNDS));
    }
  }

  private static Writing writing(Writing.Kind kind) {
    return new Writing(kind, ROWS, TRANSACTION);
  }
}
