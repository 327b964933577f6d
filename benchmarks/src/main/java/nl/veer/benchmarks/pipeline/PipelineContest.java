package nl.veer.benchmarks.pipeline;

import java.util.List;
import nl.veer.benchmarks.apply.NativeReplication;
import nl.veer.benchmarks.contest.Contest;
import nl.veer.benchmarks.ground.Shape;
import nl.veer.benchmarks.ground.World;
import nl.veer.benchmarks.ground.Writing;

/**
 * A crossing that was away catches up: changes wait in the source's write-ahead log, and are timed
 * from the start of whoever carries them to the last one on the target.
 */
public final class PipelineContest {
  private PipelineContest() {}

  public static Contest of(World world, Shape shape, Writing writing, int rounds) {
    return new Contest(
        "pipeline, %s, %s in transactions of %,d"
            .formatted(shape.name(), writing.kind().words(), writing.perTransaction()),
        world.servers(),
        List.of(
            new VeerPipeline("veer", world, shape, writing, true),
            new VeerPipeline("veer, no ledger", world, shape, writing, false),
            new NativeReplication(world, shape, writing)),
        1,
        rounds);
  }
}
