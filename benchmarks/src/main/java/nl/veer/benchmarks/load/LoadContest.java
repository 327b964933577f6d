package nl.veer.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import nl.veer.benchmarks.contest.Contender;
import nl.veer.benchmarks.contest.Contest;
import nl.veer.benchmarks.contest.Lap;
import nl.veer.benchmarks.ground.Crossing;
import nl.veer.benchmarks.ground.Shape;
import nl.veer.benchmarks.ground.World;

/**
 * A table that stands on the source is copied to an empty one on the target: by Veer with one
 * worker and with two, by the shortest way that PostgreSQL itself has, and by pgcopydb.
 */
public final class LoadContest {
  private LoadContest() {}

  public static Contest of(World world, Shape shape, long rows, int rounds) {
    List<Contender> contenders = new ArrayList<>();
    contenders.add(new VeerLoad("veer, 1 worker", world, shape, rows, 1));
    contenders.add(new CopyPipe(world, shape, rows));
    contenders.add(new VeerLoad("veer, 2 workers", world, shape, rows, 2));
    contenders.add(new Pgcopydb(world, shape, rows));
    return new Contest("load, " + shape.name(), world.servers(), contenders, 1, rounds);
  }

  /** A crossing whose source holds the rows. */
  static Crossing filled(World world, Shape shape, long rows, Lap lap) throws Exception {
    Crossing crossing = world.crossing("load_" + shape.name() + "_" + lap.number(), shape);
    crossing.onSource(shape.insert(1, rows));
    crossing.settle();
    return crossing;
  }
}
