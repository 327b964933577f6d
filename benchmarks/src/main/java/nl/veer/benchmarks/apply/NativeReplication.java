package nl.veer.benchmarks.apply;

import java.util.List;
import nl.veer.benchmarks.contest.Contender;
import nl.veer.benchmarks.contest.Lap;
import nl.veer.benchmarks.contest.Peer;
import nl.veer.benchmarks.cost.Party;
import nl.veer.benchmarks.ground.Arrival;
import nl.veer.benchmarks.ground.Crossing;
import nl.veer.benchmarks.ground.Shape;
import nl.veer.benchmarks.ground.Subscription;
import nl.veer.benchmarks.ground.World;
import nl.veer.benchmarks.ground.Writing;

/** PostgreSQL's own logical replication, enabled when all changes wait for it. */
public record NativeReplication(World world, Shape shape, Writing writing) implements Contender {

  @Override
  public Peer peer() {
    return Peer.NATIVE;
  }

  @Override
  public String name() {
    return "logical replication";
  }

  /** It does all of its work in the servers. */
  @Override
  public List<Party> tool() {
    return List.of();
  }

  @Override
  public void run(Lap lap) throws Exception {
    try (Crossing crossing = ApplyContest.begun(world, shape, writing);
        Subscription subscription = Subscription.create(crossing)) {
      if (writing.rowsBefore() > 0) {
        crossing.onTarget(shape.insert(1, writing.rowsBefore()));
      }
      writing.write(crossing);
      crossing.settle();
      lap.begin();
      subscription.enable();
      Arrival.await(crossing, writing, () -> {});
      lap.end(writing.rows());
      crossing.assertEqual();
    }
  }
}
