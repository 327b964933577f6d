package nl.veer.benchmarks.pipeline;

import java.util.List;
import nl.veer.benchmarks.contest.Contender;
import nl.veer.benchmarks.contest.Lap;
import nl.veer.benchmarks.contest.Peer;
import nl.veer.benchmarks.cost.Party;
import nl.veer.benchmarks.ground.Arrival;
import nl.veer.benchmarks.ground.Backlog;
import nl.veer.benchmarks.ground.ConnectCrossing;
import nl.veer.benchmarks.ground.Crossing;
import nl.veer.benchmarks.ground.World;

/**
 * Debezium's source and its JDBC sink, which has run before. Its clock begins when the source's
 * connector runs again, so that its start is not counted.
 */
record ConnectPipeline(World world, Backlog backlog) implements Contender {

  @Override
  public String name() {
    return "Debezium + JDBC sink";
  }

  @Override
  public Peer peer() {
    return Peer.CONNECT;
  }

  @Override
  public List<Party> tool() {
    return List.of(world.connect());
  }

  @Override
  public void run(Lap lap) throws Exception {
    try (Crossing crossing = backlog.begin(world, "pipe");
        ConnectCrossing connect = new ConnectCrossing(crossing)) {
      backlog.fillTarget(crossing);
      connect.startSource();
      connect.stopSource();
      long rows = backlog.write(crossing);
      crossing.settle();
      connect.startSource();
      lap.begin();
      connect.startSink();
      Arrival.await(crossing, backlog.isThere(), connect::requireGoing);
      lap.end(rows);
      crossing.assertEqual();
    }
  }
}
