package nl.veer.benchmarks.capture;

import java.util.List;
import nl.veer.benchmarks.contest.Contender;
import nl.veer.benchmarks.contest.Contest;
import nl.veer.benchmarks.ground.Crossing;
import nl.veer.benchmarks.ground.Shape;
import nl.veer.benchmarks.ground.TableBacklog;
import nl.veer.benchmarks.ground.World;
import nl.veer.benchmarks.ground.Writing;

/**
 * Changes that wait in the source's write-ahead log are captured: by Veer into the log, and by the
 * stock Debezium engine, whose records are counted and thrown away. From the first change that is
 * seen to the last.
 */
public final class CaptureContest {
  private CaptureContest() {}

  public static Contest of(World world, Shape shape, Writing writing, int rounds) {
    return new Contest(
        "capture, " + new TableBacklog(shape, writing).words(),
        world.servers(),
        List.of(veer(world, shape, writing), new StockEngine(world, shape, writing)),
        1,
        rounds);
  }

  /** Veer's part of it. */
  public static Contender veer(World world, Shape shape, Writing writing) {
    return new VeerCapture(world, shape, writing);
  }

  static Crossing empty(World world, Shape shape) throws Exception {
    return world.crossing("capture", shape);
  }

  /** With slot and publication, which must be there before what they are to hold. */
  static void written(Crossing crossing, Writing writing) throws Exception {
    if (writing.rowsBefore() > 0) {
      crossing.onSource(crossing.shape().insert(1, writing.rowsBefore()));
    }
    crossing.capture().prepare();
    writing.write(crossing);
    crossing.settle();
  }
}
