package nl.veer.benchmarks.pipeline;

import nl.veer.benchmarks.contest.Contender;
import nl.veer.benchmarks.contest.Lap;
import nl.veer.benchmarks.contest.Peer;
import nl.veer.benchmarks.ground.Arrival;
import nl.veer.benchmarks.ground.Crossing;
import nl.veer.benchmarks.ground.Roles;
import nl.veer.benchmarks.ground.Shape;
import nl.veer.benchmarks.ground.World;
import nl.veer.benchmarks.ground.Writing;

/**
 * All of Veer's roles, as {@code veer run} has them: capture, replicator, and with a ledger the
 * echo's capture and the ledger too.
 */
record VeerPipeline(String name, World world, Shape shape, Writing writing, boolean ledger)
    implements Contender {

  @Override
  public Peer peer() {
    return Peer.VEER;
  }

  @Override
  public void run(Lap lap) throws Exception {
    try (Crossing crossing = world.crossing("pipe", shape)) {
      if (writing.rowsBefore() > 0) {
        crossing.onSource(shape.insert(1, writing.rowsBefore()));
      }
      try (Roles roles = Roles.start(crossing, ledger)) {
        roles.awaitReplicating();
      }
      writing.write(crossing);
      crossing.settle();
      lap.begin();
      try (Roles roles = Roles.start(crossing, ledger)) {
        Arrival.await(crossing, writing, roles::requireGoing);
        lap.end(writing.rows());
      }
      crossing.assertEqual();
    }
  }
}
