package nl.veer.benchmarks;

import java.sql.SQLException;
import java.time.Duration;
import nl.veer.connectors.capture.Capture;

/** Rows per second of the capture, from the source's WAL into the log, of rows that wait there. */
final class CaptureBenchmark {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** Rows of one source transaction. */
  static final int TRANSACTION_ROWS = 1_000;

  private CaptureBenchmark() {}

  static Measurement run(World world, Shape shape, long rows) throws Exception {
    World.Crossing crossing = world.crossing("capture_" + shape.name(), shape);
    Capture capture = crossing.capture();
    capture.prepare();
    write(crossing, rows);
    try (RoleThread role = new RoleThread("capture", capture::run, capture::stop)) {
      role.nanosUntil(() -> capture.status().events() > 0, LIMIT);
      long first = capture.status().events();
      long nanos = role.nanosUntil(() -> capture.status().events() >= rows, LIMIT);
      return Measurement.rate("capture into the log, " + shape.name(), rows - first, nanos);
    }
  }

  static void write(World.Crossing crossing, long rows) throws SQLException {
    for (long id = 1; id <= rows; id += TRANSACTION_ROWS) {
      crossing.onSource(crossing.shape().insert(id, Math.min(rows, id + TRANSACTION_ROWS - 1)));
    }
  }
}
