package nl.veer.benchmarks;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.capture.Capture;
import nl.veer.replicator.Replicator;

/**
 * Rows per second of the apply from a log that is already there: the capture is over before the
 * replicator begins, so that nothing but reading, decoding and applying is measured.
 */
final class ApplyBenchmark {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** What the log holds. */
  enum Mix {
    INSERTS,
    UPDATES,
    DELETES,
    MIXED
  }

  private ApplyBenchmark() {}

  static List<Measurement> run(World world, Shape shape, long rows) throws Exception {
    List<Measurement> results = new ArrayList<>();
    for (Mix mix : Mix.values()) {
      results.add(run(world, shape, mix, rows));
    }
    return results;
  }

  private static Measurement run(World world, Shape shape, Mix mix, long rows) throws Exception {
    String name = mix.name().toLowerCase(java.util.Locale.ROOT);
    World.Crossing crossing = world.crossing("apply_" + shape.name() + "_" + name, shape);
    if (mix != Mix.INSERTS) {
      crossing.onSource(shape.insert(1, rows));
    }
    Capture capture = crossing.capture();
    capture.prepare();
    loadOnce(crossing);
    try (RoleThread role = new RoleThread("capture", capture::run, capture::stop)) {
      long events = write(crossing, mix, rows);
      role.nanosUntil(() -> capture.status().events() >= events, LIMIT);
      Replicator replicator = crossing.replicator();
      try (RoleThread apply = new RoleThread("apply", replicator::run, replicator::stop)) {
        apply.nanosUntil(() -> replicator.status().events() > 0, LIMIT);
        long first = replicator.status().events();
        long nanos = apply.nanosUntil(() -> replicator.status().events() >= events, LIMIT);
        return Measurement.rate("apply " + name + ", " + shape.name(), events - first, nanos);
      }
    }
  }

  /** Brings the target to the source's state, so that the apply that is measured begins at once. */
  private static void loadOnce(World.Crossing crossing) throws Exception {
    Replicator replicator = crossing.replicator();
    try (RoleThread role = new RoleThread("load", replicator::run, replicator::stop)) {
      role.nanosUntil(
          () -> {
            var loads = replicator.status().loads();
            return !loads.isEmpty() && loads.stream().allMatch(load -> load.complete());
          },
          LIMIT);
    }
  }

  /** Returns how many row events the source wrote. */
  private static long write(World.Crossing crossing, Mix mix, long rows) throws SQLException {
    Shape shape = crossing.shape();
    long step = CaptureBenchmark.TRANSACTION_ROWS;
    for (long id = 1; id <= rows; id += step) {
      long end = Math.min(rows, id + step - 1);
      switch (mix) {
        case INSERTS -> crossing.onSource(shape.insert(id, end));
        case UPDATES -> crossing.onSource(shape.update(id, end));
        case DELETES -> crossing.onSource(shape.delete(id, end));
        case MIXED -> writeMix(crossing, id, end, rows);
      }
    }
    return rows;
  }

  /** A third each of updates, deletes and inserts of new rows. */
  private static void writeMix(World.Crossing crossing, long from, long to, long rows)
      throws SQLException {
    Shape shape = crossing.shape();
    long third = (to - from + 1) / 3;
    crossing.onSource(
        String.join(
            ";",
            "BEGIN",
            shape.update(from, from + third - 1),
            shape.delete(from + third, from + 2 * third - 1),
            shape.insert(rows + from + 2 * third, rows + to),
            "COMMIT"));
  }
}
