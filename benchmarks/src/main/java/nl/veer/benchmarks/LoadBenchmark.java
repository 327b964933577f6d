package nl.veer.benchmarks;

import java.time.Duration;
import java.util.List;
import nl.veer.connectors.capture.Capture;
import nl.veer.replicator.Replicator;
import nl.veer.replicator.ReplicatorStatus.LoadProgress;

/**
 * Rows per second of the initial load of one table, by the load's own clock: from the snapshot to
 * the commit of the completion.
 */
final class LoadBenchmark {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private LoadBenchmark() {}

  static Measurement run(World world, Shape shape, long rows) throws Exception {
    World.Crossing crossing = world.crossing("load_" + shape.name(), shape);
    crossing.onSource(shape.insert(1, rows));
    crossing.onSource("VACUUM ANALYZE " + shape.name());
    Capture capture = crossing.capture();
    capture.prepare();
    Replicator replicator = crossing.replicator();
    try (RoleThread role = new RoleThread("load", replicator::run, replicator::stop)) {
      role.nanosUntil(
          () -> {
            List<LoadProgress> loads = replicator.status().loads();
            return !loads.isEmpty() && loads.stream().allMatch(LoadProgress::complete);
          },
          LIMIT);
      LoadProgress load = replicator.status().loads().get(0);
      return Measurement.rate(
          "load, " + shape.name(), load.rows(), (long) (load.rows() / load.rowsPerSecond() * 1e9));
    }
  }
}
