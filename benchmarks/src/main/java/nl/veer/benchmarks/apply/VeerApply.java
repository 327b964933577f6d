package nl.veer.benchmarks.apply;

import nl.veer.benchmarks.contest.Contender;
import nl.veer.benchmarks.contest.Lap;
import nl.veer.benchmarks.contest.Peer;
import nl.veer.benchmarks.ground.Arrival;
import nl.veer.benchmarks.ground.Backlog;
import nl.veer.benchmarks.ground.Crossing;
import nl.veer.benchmarks.ground.RoleThread;
import nl.veer.benchmarks.ground.World;
import nl.veer.connectors.capture.Capture;
import nl.veer.replicator.Replicator;

/** Veer's replicator over a log that holds all of it. */
record VeerApply(World world, Backlog backlog) implements Contender {

  @Override
  public Peer peer() {
    return Peer.VEER;
  }

  @Override
  public String name() {
    return "veer";
  }

  @Override
  public void run(Lap lap) throws Exception {
    try (Crossing crossing = backlog.begin(world, "apply")) {
      Capture capture = crossing.capture();
      capture.prepare();
      load(crossing);
      long rows;
      try (RoleThread role = new RoleThread("capture", capture::run, capture::stop)) {
        rows = backlog.write(crossing);
        role.await(() -> capture.status().events() >= rows);
      }
      crossing.settle();
      Replicator replicator = crossing.replicator(1);
      lap.begin();
      try (RoleThread role = new RoleThread("apply", replicator::run, replicator::stop)) {
        Arrival.await(crossing, backlog.isThere(), role::requireAlive);
        lap.end(rows);
      }
      crossing.assertEqual();
    }
  }

  /** Brings the target to the source's state, so that the apply that is measured begins at once. */
  private static void load(Crossing crossing) throws Exception {
    Replicator replicator = crossing.replicator(1);
    try (RoleThread role = new RoleThread("load", replicator::run, replicator::stop)) {
      role.await(() -> crossing.isLoaded(replicator));
    }
  }
}
