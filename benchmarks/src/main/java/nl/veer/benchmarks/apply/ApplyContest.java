package nl.veer.benchmarks.apply;

import java.util.List;
import nl.veer.benchmarks.contest.Contest;
import nl.veer.benchmarks.ground.Crossing;
import nl.veer.benchmarks.ground.Shape;
import nl.veer.benchmarks.ground.TableBacklog;
import nl.veer.benchmarks.ground.World;
import nl.veer.benchmarks.ground.Writing;

/**
 * Changes that were captured before are applied: by Veer from its log, by Debezium's JDBC sink from
 * a topic, and by PostgreSQL's own logical replication, which decodes them from the source
 * meanwhile. From the start of whoever applies to the last change on the target.
 */
public final class ApplyContest {
  private ApplyContest() {}

  public static Contest of(World world, Shape shape, Writing writing, int rounds) {
    return new Contest(
        "apply, %s, %s in transactions of %,d"
            .formatted(shape.name(), writing.kind().words(), writing.perTransaction()),
        world.servers(),
        List.of(
            new VeerApply(world, shape, writing),
            new NativeReplication(world, new TableBacklog(shape, writing)),
            new ConnectApply(world, shape, writing)),
        1,
        rounds);
  }

  /** Veer alone, with so many changes. */
  public static Contest ofRows(World world, Writing writing, int rounds) {
    return new Contest(
        "apply, %,d rows".formatted(writing.rows()),
        world.servers(),
        List.of(new VeerApply(world, Shape.NARROW, writing)),
        1,
        rounds);
  }

  /** With the rows that the changes need, on both sides. */
  static Crossing begun(World world, Shape shape, Writing writing) throws Exception {
    Crossing crossing = world.crossing("apply", shape);
    if (writing.rowsBefore() > 0) {
      crossing.onSource(shape.insert(1, writing.rowsBefore()));
    }
    return crossing;
  }
}
