package nl.veer.benchmarks.apply;

import java.util.List;
import java.util.function.Consumer;
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
 * Debezium's JDBC sink over a topic that holds all of it. Its clock begins when the connector runs,
 * so that its start is not counted.
 */
record ConnectApply(
    String name, World world, Shape shape, Writing writing, Consumer<ConnectCrossing> startSink)
    implements Contender {

  /** With the settings that were found to be the fastest. */
  ConnectApply(World world, Shape shape, Writing writing) {
    this("Debezium JDBC sink", world, shape, writing, ConnectCrossing::startSink);
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
    try (Crossing crossing = ApplyContest.begun(world, shape, writing);
        ConnectCrossing connect = new ConnectCrossing(crossing)) {
      if (writing.rowsBefore() > 0) {
        crossing.onTarget(shape.insert(1, writing.rowsBefore()));
      }
      connect.startSource();
      writing.write(crossing);
      connect.awaitCaptured(writing.rows());
      connect.stopSource();
      crossing.settle();
      startSink.accept(connect);
      lap.begin();
      Arrival.await(crossing, writing, connect::requireGoing);
      lap.end(writing.rows());
      crossing.assertEqual();
    }
  }
}
