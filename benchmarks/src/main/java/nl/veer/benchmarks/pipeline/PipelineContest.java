package nl.veer.benchmarks.pipeline;

import java.util.ArrayList;
import java.util.List;
import nl.veer.benchmarks.apply.NativeReplication;
import nl.veer.benchmarks.contest.Contender;
import nl.veer.benchmarks.contest.Contest;
import nl.veer.benchmarks.ground.Backlog;
import nl.veer.benchmarks.ground.Shape;
import nl.veer.benchmarks.ground.ShopBacklog;
import nl.veer.benchmarks.ground.TableBacklog;
import nl.veer.benchmarks.ground.World;
import nl.veer.benchmarks.ground.Writing;

/**
 * A crossing that was away catches up: changes wait in the source's write-ahead log, and are timed
 * from the start of whoever carries them to the last one on the target.
 */
public final class PipelineContest {
  private PipelineContest() {}

  public static Contest of(World world, Shape shape, Writing writing, int rounds) {
    Backlog backlog = new TableBacklog(shape, writing);
    return contest(world, backlog, List.of(new ConnectPipeline(world, backlog)), rounds);
  }

  /**
   * The shop's. The sink takes no part: it updates by a key, and one of the shop's tables has none.
   */
  public static Contest ofShop(World world, ShopBacklog backlog, int rounds) {
    return contest(world, backlog, List.of(), rounds);
  }

  private static Contest contest(World world, Backlog backlog, List<Contender> more, int rounds) {
    List<Contender> contenders =
        new ArrayList<>(
            List.of(
                new VeerPipeline("veer", world, backlog, true),
                new VeerPipeline("veer, no ledger", world, backlog, false),
                new NativeReplication(world, backlog)));
    contenders.addAll(more);
    return new Contest("pipeline, " + backlog.words(), world.servers(), contenders, 1, rounds);
  }
}
