package nl.veer.benchmarks.latency;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import nl.veer.benchmarks.contest.Contest;
import nl.veer.benchmarks.contest.Peer;
import nl.veer.benchmarks.cost.Party;
import nl.veer.benchmarks.ground.Crossing;
import nl.veer.benchmarks.ground.Roles;
import nl.veer.benchmarks.ground.Subscription;
import nl.veer.benchmarks.ground.World;
import nl.veer.sandbox.process.ServerDirectory;

/** Clients write at a steady rate, and how late each of their rows is on the target is told. */
public final class LatencyContest {
  private LatencyContest() {}

  /**
   * At a rate.
   *
   * @param rate transactions in a second
   * @param length for which the clients write
   */
  public static Contest of(World world, int rate, Duration length, int rounds) {
    Writers writers = new Writers(rate, length, 0);
    List<Party> here = List.of(Party.self("tool"));
    return new Contest(
        "latency, %,d tx/s".formatted(rate),
        world.servers(),
        List.of(
            new Latency("veer, with ledger", Peer.VEER, here, world, writers, VeerCarrier::new),
            new Latency(
                "logical replication", Peer.NATIVE, List.of(), world, writers, NativeCarrier::new)),
        1,
        rounds);
  }

  /** All of Veer's roles. */
  private static final class VeerCarrier implements Carrier {
    private final Path data = Files.createTempDirectory("veer-bench-latency");
    private final Roles roles;

    VeerCarrier(Crossing crossing) throws Exception {
      this.roles = Roles.start(crossing, true, data);
      roles.awaitReplicating();
    }

    @Override
    public void requireGoing() {
      roles.requireGoing();
    }

    @Override
    public void close() throws Exception {
      roles.close();
      ServerDirectory.delete(data);
    }
  }

  /** PostgreSQL's own. */
  private static final class NativeCarrier implements Carrier {
    private final Subscription subscription;

    NativeCarrier(Crossing crossing) throws Exception {
      this.subscription = Subscription.create(crossing);
      subscription.enable();
    }

    @Override
    public void requireGoing() {
      // What goes wrong there stands in the server's log, and nothing arrives.
    }

    @Override
    public void close() throws Exception {
      subscription.close();
    }
  }
}
