package nl.veer.benchmarks.load;

import java.util.List;
import nl.veer.benchmarks.contest.Contender;
import nl.veer.benchmarks.contest.Lap;
import nl.veer.benchmarks.contest.Peer;
import nl.veer.benchmarks.ground.Crossing;
import nl.veer.benchmarks.ground.RoleThread;
import nl.veer.benchmarks.ground.Shape;
import nl.veer.benchmarks.ground.World;
import nl.veer.replicator.Replicator;

/** Veer's load: from the replicator's start to the commit that completes the last table's. */
record VeerLoad(String name, World world, List<Shape> shapes, long rows, int workers)
    implements Contender {

  @Override
  public Peer peer() {
    return Peer.VEER;
  }

  @Override
  public void run(Lap lap) throws Exception {
    try (Crossing crossing = LoadContest.filled(world, shapes, rows)) {
      crossing.capture().prepare();
      Replicator replicator = crossing.replicator(workers);
      lap.begin();
      try (RoleThread role = new RoleThread("load", replicator::run, replicator::stop)) {
        role.await(() -> crossing.isLoaded(replicator));
        lap.end(rows);
      }
      crossing.assertEqual();
    }
  }
}
