package nl.veer.benchmarks.memory;

import java.time.Duration;
import java.util.List;
import nl.veer.benchmarks.contest.Contest;
import nl.veer.benchmarks.ground.Shape;
import nl.veer.benchmarks.ground.World;

/** The resident memory of {@code veer run}. Nobody else is held against it. */
public final class MemoryContest {
  private MemoryContest() {}

  /** Of a table's load, and of one transaction over all its rows. */
  public static Contest ofTransaction(World world, Shape shape, long rows) {
    return new Contest(
        "memory, %s, one transaction of %,d rows".formatted(shape.name(), rows),
        world.servers(),
        List.of(new LargeTransaction(world, shape, rows)),
        0,
        1);
  }

  /** While clients write at a rate for a time. */
  public static Contest overTime(World world, int rate, Duration length) {
    return new Contest(
        "memory, %,d tx/s for %,d s".formatted(rate, length.toSeconds()),
        world.servers(),
        List.of(new LongRun(world, rate, length)),
        0,
        1);
  }
}
