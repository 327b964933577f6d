package nl.veer.benchmarks.latency;

import java.util.List;
import nl.veer.benchmarks.contest.Contender;
import nl.veer.benchmarks.contest.Lap;
import nl.veer.benchmarks.contest.Peer;
import nl.veer.benchmarks.cost.Party;
import nl.veer.benchmarks.ground.Arrival;
import nl.veer.benchmarks.ground.Crossing;
import nl.veer.benchmarks.ground.Shape;
import nl.veer.benchmarks.ground.World;
import nl.veer.benchmarks.ground.Writing;

/** A carrier that carries already, while clients write; each row's delay. */
record Latency(
    String name, Peer peer, List<Party> tool, World world, Writers writers, Carrier.Start carrier)
    implements Contender {
  /** The first rows warm the way; they are not counted. */
  private static final Writing WARM_UP = new Writing(Writing.Kind.INSERTS, 2_000, 1);

  @Override
  public void run(Lap lap) throws Exception {
    try (Crossing crossing = world.crossing("latency", Shape.NARROW);
        Carrier carrying = carrier.start(crossing)) {
      WARM_UP.write(crossing);
      Arrival.await(crossing, WARM_UP, carrying::requireGoing);
      crossing.onSource(Shape.NARROW.delete(1, WARM_UP.rows()));
      Writing gone = new Writing(Writing.Kind.DELETES, WARM_UP.rows(), 1);
      Arrival.await(crossing, gone, carrying::requireGoing);
      lap.begin();
      long written = writers.write(crossing);
      Writing last = new Writing(Writing.Kind.INSERTS, written, 1);
      Arrival.await(crossing, last, carrying::requireGoing);
      lap.end(written);
      lap.withoutSpeed();
      crossing.awaitEqual(carrying::requireGoing);
      Delays.measure(crossing, lap);
    }
  }
}
