package nl.veer.benchmarks.pipeline;

import java.util.List;
import nl.veer.benchmarks.contest.Contender;
import nl.veer.benchmarks.contest.Lap;
import nl.veer.benchmarks.contest.Peer;
import nl.veer.benchmarks.cost.Party;
import nl.veer.benchmarks.ground.Arrival;
import nl.veer.benchmarks.ground.ConnectCrossing;
import nl.veer.benchmarks.ground.Crossing;
import nl.veer.benchmarks.ground.Shape;
import nl.veer.benchmarks.ground.World;
import nl.veer.benchmarks.ground.Writing;

/**
 * Debezium's source and its JDBC sink, which has run before. Its clock begins when the source's
 * connector runs again, so that its start is not counted.
 */
record ConnectPipeline(World world, Shape shape, Writing writing) implements Contender {

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
    try (Crossing crossing = world.crossing("pipe", shape);
        ConnectCrossing connect = new ConnectCrossing(crossing)) {
      if (writing.rowsBefore() > 0) {
        crossing.onSource(shape.insert(1, writing.rowsBefore()));
        crossing.onTarget(shape.insert(1, writing.rowsBefore()));
      }
      connect.startSource();
      connect.stopSource();
      writing.write(crossing);
      crossing.settle();
      connect.startSource();
      lap.begin();
      connect.startSink();
      Arrival.await(crossing, writing, connect::requireGoing);
      lap.end(writing.rows());
      crossing.assertEqual();
    }
  }
}
