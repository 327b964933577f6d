package nl.veer.benchmarks.pipeline;

import nl.veer.benchmarks.contest.Contender;
import nl.veer.benchmarks.contest.Lap;
import nl.veer.benchmarks.contest.Peer;
import nl.veer.benchmarks.ground.Arrival;
import nl.veer.benchmarks.ground.Backlog;
import nl.veer.benchmarks.ground.Crossing;
import nl.veer.benchmarks.ground.Roles;
import nl.veer.benchmarks.ground.World;

/**
 * All of Veer's roles, as {@code veer run} has them: capture, replicator, and with a ledger the
 * echo's capture and the ledger too.
 */
record VeerPipeline(String name, World world, Backlog backlog, boolean ledger)
    implements Contender {

  @Override
  public Peer peer() {
    return Peer.VEER;
  }

  @Override
  public void run(Lap lap) throws Exception {
    try (Crossing crossing = backlog.begin(world, "pipe")) {
      try (Roles roles = Roles.start(crossing, ledger)) {
        roles.awaitReplicating();
      }
      long rows = backlog.write(crossing);
      crossing.settle();
      lap.begin();
      try (Roles roles = Roles.start(crossing, ledger)) {
        Arrival.await(crossing, backlog.isThere(), roles::requireGoing);
        lap.end(rows);
      }
      crossing.assertEqual();
    }
  }
}
