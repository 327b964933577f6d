package nl.veer.benchmarks.apply;

import java.util.List;
import java.util.function.Consumer;
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
 * Debezium's JDBC sink over a topic that holds all of it. Its clock begins when the connector runs,
 * so that its start is not counted.
 */
record ConnectApply(String name, World world, Backlog backlog, Consumer<ConnectCrossing> startSink)
    implements Contender {

  /** With the settings that were found to be the fastest. */
  ConnectApply(World world, Backlog backlog) {
    this("Debezium JDBC sink", world, backlog, ConnectCrossing::startSink);
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
    try (Crossing crossing = backlog.begin(world, "apply");
        ConnectCrossing connect = new ConnectCrossing(crossing)) {
      backlog.fillTarget(crossing);
      connect.startSource();
      long rows = backlog.write(crossing);
      connect.awaitCaptured(rows);
      connect.stopSource();
      crossing.settle();
      startSink.accept(connect);
      lap.begin();
      Arrival.await(crossing, backlog.isThere(), connect::requireGoing);
      lap.end(rows);
      crossing.assertEqual();
    }
  }
}
