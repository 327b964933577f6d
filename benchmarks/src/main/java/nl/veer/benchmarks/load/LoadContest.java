package nl.veer.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import nl.veer.benchmarks.contest.Contender;
import nl.veer.benchmarks.contest.Contest;
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
    contenders.add(new VeerLoad("veer, 1 worker", world, List.of(shape), rows, 1));
    contenders.add(new CopyPipe(world, shape, rows));
    contenders.add(new VeerLoad("veer, 2 workers", world, List.of(shape), rows, 2));
    contenders.add(new Pgcopydb("pgcopydb, 2 jobs", world, List.of(shape), rows));
    return new Contest("load, " + shape.name(), world.servers(), contenders, 1, rounds);
  }

  /** As many rows in few tables and in many. */
  public static Contest ofTables(World world, long rows, int rounds) {
    return new Contest(
        "load, few and many tables",
        world.servers(),
        List.of(
            new VeerLoad("1,000 tables", world, Shape.NARROW.times(1_000), rows, 2),
            new VeerLoad("10 tables", world, Shape.NARROW.times(10), rows, 2),
            new Pgcopydb("pgcopydb, 1,000 tables", world, Shape.NARROW.times(1_000), rows),
            new Pgcopydb("pgcopydb, 10 tables", world, Shape.NARROW.times(10), rows)),
        1,
        rounds);
  }

  /** Veer alone, with so many rows. */
  public static Contest ofRows(World world, long rows, int rounds) {
    return new Contest(
        "load, %,d rows".formatted(rows),
        world.servers(),
        List.of(new VeerLoad("veer, 2 workers", world, List.of(Shape.NARROW), rows, 2)),
        1,
        rounds);
  }

  /** A crossing whose source holds the rows, as many in each table. */
  static Crossing filled(World world, List<Shape> shapes, long rows) throws Exception {
    Crossing crossing = world.crossing("load", shapes);
    long each = rows / shapes.size();
    crossing.onSource(shapes.stream().map(shape -> shape.insert(1, each)).toArray(String[]::new));
    crossing.settle();
    return crossing;
  }
}
