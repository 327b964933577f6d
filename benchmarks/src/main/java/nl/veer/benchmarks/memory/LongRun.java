package nl.veer.benchmarks.memory;

import java.time.Duration;
import java.util.List;
import nl.veer.benchmarks.contest.Contender;
import nl.veer.benchmarks.contest.Figure;
import nl.veer.benchmarks.contest.Lap;
import nl.veer.benchmarks.contest.Peer;
import nl.veer.benchmarks.cost.Party;
import nl.veer.benchmarks.ground.Crossing;
import nl.veer.benchmarks.ground.Shape;
import nl.veer.benchmarks.ground.World;
import nl.veer.benchmarks.latency.Writers;

/** {@code veer run} while clients write for a long time, and what it holds after a third of it. */
record LongRun(World world, int rate, Duration length) implements Contender {
  private static final Figure EARLY = new Figure("resident MB after a third", 0);
  private static final Figure LATE = new Figure("resident MB at the end", 0);
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
    try (Crossing crossing = world.crossing("long", Shape.NARROW);
        VeerProcess veer = VeerProcess.start(crossing)) {
      lap.begin(Party.process("tool", veer.pid()));
      Writers first = new Writers(rate, length.dividedBy(3), 0);
      long written = first.write(crossing);
      crossing.awaitEqual(veer::requireAlive);
      lap.figure(EARLY, veer.megabytes());
      written += new Writers(rate, length.dividedBy(3).multipliedBy(2), written).write(crossing);
      crossing.awaitEqual(veer::requireAlive);
      lap.figure(LATE, veer.megabytes());
      lap.figure(PEAK, veer.peakMegabytes());
      lap.end(written);
      lap.withoutSpeed();
    }
  }
}
