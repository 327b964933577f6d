package nl.veer.benchmarks.apply;

import java.util.List;
import nl.veer.benchmarks.contest.Contest;
import nl.veer.benchmarks.ground.Backlog;
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
    Backlog backlog = new TableBacklog(shape, writing);
    return new Contest(
        "apply, " + backlog.words(),
        world.servers(),
        List.of(
            new VeerApply(world, backlog),
            new NativeReplication(world, backlog),
            new ConnectApply(world, backlog)),
        1,
        rounds);
  }

  /** Veer alone, with so many changes. */
  public static Contest ofRows(World world, Writing writing, int rounds) {
    return new Contest(
        "apply, %,d rows".formatted(writing.rows()),
        world.servers(),
        List.of(new VeerApply(world, new TableBacklog(Shape.NARROW, writing))),
        1,
        rounds);
  }
}
