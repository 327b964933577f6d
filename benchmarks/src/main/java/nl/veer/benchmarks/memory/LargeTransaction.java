package nl.veer.benchmarks.memory;

import java.util.List;
import nl.veer.benchmarks.contest.Contender;
import nl.veer.benchmarks.contest.Figure;
import nl.veer.benchmarks.contest.Lap;
import nl.veer.benchmarks.contest.Peer;
import nl.veer.benchmarks.cost.Party;
import nl.veer.benchmarks.ground.Arrival;
import nl.veer.benchmarks.ground.Crossing;
import nl.veer.benchmarks.ground.Shape;
import nl.veer.benchmarks.ground.World;
import nl.veer.benchmarks.ground.Writing;

/**
 * {@code veer run}, ledger and scans as shipped, loads a table and then carries one transaction
 * that changes each of its rows.
 */
record LargeTransaction(World world, Shape shape, long rows) implements Contender {
  private static final Figure PEAK = new Figure("resident MB at most", 0);

  @Override
  public String name() {
    return "veer run";
  }

  @Override
  public Peer peer() {
    return Peer.VEER;
  }

  @Override
  public List<Party> tool() {
    return List.of();
  }

  @Override
  public void run(Lap lap) throws Exception {
    try (Crossing crossing = world.crossing("memory", shape)) {
      crossing.onSource(shape.insert(1, rows));
      crossing.settle();
      try (VeerProcess veer = VeerProcess.start(crossing)) {
        lap.begin(Party.process("tool", veer.pid()));
        crossing.awaitEqual(veer::requireAlive);
        Writing all = new Writing(Writing.Kind.UPDATES, rows, Math.toIntExact(rows));
        all.write(crossing);
        Arrival.await(crossing, all, veer::requireAlive);
        crossing.awaitEqual(veer::requireAlive);
        lap.end(rows);
        lap.withoutSpeed();
        lap.figure(PEAK, veer.peakMegabytes());
      }
    }
  }
}
