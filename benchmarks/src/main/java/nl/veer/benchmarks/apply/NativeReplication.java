package nl.veer.benchmarks.apply;

import java.util.List;
import nl.veer.benchmarks.contest.Contender;
import nl.veer.benchmarks.contest.Lap;
import nl.veer.benchmarks.contest.Peer;
import nl.veer.benchmarks.cost.Party;
import nl.veer.benchmarks.ground.Arrival;
import nl.veer.benchmarks.ground.Backlog;
import nl.veer.benchmarks.ground.Crossing;
import nl.veer.benchmarks.ground.Subscription;
import nl.veer.benchmarks.ground.World;

/** PostgreSQL's own logical replication, enabled when all changes wait for it. */
public record NativeReplication(World world, Backlog backlog) implements Contender {

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
    try (Crossing crossing = backlog.begin(world, "native");
        Subscription subscription = Subscription.create(crossing)) {
      backlog.fillTarget(crossing);
      long rows = backlog.write(crossing);
      crossing.settle();
      lap.begin();
      subscription.enable();
      Arrival.await(crossing, backlog.isThere(), () -> {});
      lap.end(rows);
      crossing.assertEqual();
    }
  }
}
