package nl.veer.benchmarks.latency;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import nl.veer.benchmarks.contest.Contest;
import nl.veer.benchmarks.contest.Peer;
import nl.veer.benchmarks.cost.Party;
import nl.veer.benchmarks.ground.ConnectCrossing;
import nl.veer.benchmarks.ground.Crossing;
import nl.veer.benchmarks.ground.Roles;
import nl.veer.benchmarks.ground.World;

/**
 * Clients write at a steady rate, and how late each of their rows is on the target is told.
 * PostgreSQL's own logical replication takes no part: it dates what it applies with the source's
 * commit.
 */
public final class LatencyContest {
  /**
   * For so long a JVM's compilers keep a good third of a processor busy, which changes wait for; a
   * crossing takes days.
   */
  private static final Duration COMPILED = Duration.ofMinutes(1);

  private LatencyContest() {}

  /**
   * At a rate.
   *
   * @param rate transactions in a second
   * @param length for which the clients write
   */
  public static Contest of(World world, int rate, Duration length, int rounds) {
    Writers writers = new Writers(rate, length, 0);
    Supplier<Party> here = () -> Party.self("tool");
    return new Contest(
        "latency, %,d tx/s".formatted(rate),
        world.servers(),
        List.of(
            new Latency("veer, with ledger", Peer.VEER, here, world, writers, VeerCarrier::new),
            new Latency(
                "Debezium + JDBC sink",
                Peer.CONNECT,
                world::connect,
                world,
                writers,
                ConnectCarrier::new)),
        Math.max(1, (int) (COMPILED.toSeconds() / length.toSeconds())),
        rounds);
  }

  /** All of Veer's roles. */
  private static final class VeerCarrier implements Carrier {
    private final Roles roles;

    VeerCarrier(Crossing crossing) throws Exception {
      this.roles = Roles.start(crossing, true);
      roles.awaitReplicating();
    }

    @Override
    public void requireGoing() {
      roles.requireGoing();
    }

    @Override
    public void close() {
      roles.close();
    }
  }

  /** Both connectors. */
  private static final class ConnectCarrier implements Carrier {
    private final ConnectCrossing connect;

    ConnectCarrier(Crossing crossing) {
      this.connect = new ConnectCrossing(crossing);
      connect.startSource();
      connect.startSink();
    }

    @Override
    public void requireGoing() {
      connect.requireGoing();
    }

    @Override
    public void close() {
      connect.close();
    }
  }
}
