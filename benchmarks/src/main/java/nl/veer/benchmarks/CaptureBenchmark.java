package nl.veer.benchmarks;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.capture.Capture;

/**
 * Rows per second of the capture, from the source's WAL into the log, of rows that wait there, in
 * turns with stock Debezium over rows of the same content.
 */
final class CaptureBenchmark {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** Rows of one source transaction. */
  static final int TRANSACTION_ROWS = 1_000;

  /** A turn before those that count: compilers and caches are cold. */
  private static final int COLD = 1;

  private CaptureBenchmark() {}

  static List<Measurement> run(World world, Shape shape, long rows, int turns) throws Exception {
    List<Double> engine = new ArrayList<>();
    List<Double> capture = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int turn = 0; turn < COLD + turns; turn++) {
      String name = shape.name() + "_" + turn;
      double stock = EngineBenchmark.run(world.crossing("engine_" + name, shape), rows);
      double veer = capture(world.crossing("capture_" + name, shape), rows);
      if (turn >= COLD) {
        engine.add(stock);
        capture.add(veer);
        ratios.add(stock / veer);
      }
    }
    return List.of(
        Measurement.rate("Debezium alone, " + shape.name(), rows, nanos(engine, rows)),
        Measurement.rate("capture into the log, " + shape.name(), rows, nanos(capture, rows)),
        Measurement.ratio("capture against Debezium, " + shape.name(), ratios));
  }

  private static long nanos(List<Double> perRow, long rows) {
    return Math.round(Measurement.median(perRow) * rows);
  }

  /** Nanoseconds for each row. */
  private static double capture(World.Crossing crossing, long rows) throws Exception {
    Capture capture = crossing.capture();
    capture.prepare();
    write(crossing, rows);
    try (RoleThread role = new RoleThread("capture", capture::run, capture::stop)) {
      role.nanosUntil(() -> capture.status().events() > 0, LIMIT);
      long first = capture.status().events();
      long nanos = role.nanosUntil(() -> capture.status().events() >= rows, LIMIT);
      return (double) nanos / (rows - first);
    }
  }

  static void write(World.Crossing crossing, long rows) throws SQLException {
    for (long id = 1; id <= rows; id += TRANSACTION_ROWS) {
      crossing.onSource(crossing.shape().insert(id, Math.min(rows, id + TRANSACTION_ROWS - 1)));
    }
  }
}
