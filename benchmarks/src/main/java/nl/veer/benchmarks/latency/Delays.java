package nl.veer.benchmarks.latency;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import nl.veer.benchmarks.contest.Figure;
import nl.veer.benchmarks.contest.Lap;
import nl.veer.benchmarks.ground.Crossing;
import nl.veer.sandbox.postgres.SandboxPostgres;

/**
 * Milliseconds from the source's commit of a row to the target's, as both servers have dated them
 * ({@code track_commit_timestamp}), whoever brought the row. Both read the same machine's clock.
 */
final class Delays {
  private static final Figure P50 = new Figure("p50, ms", 1);
  private static final Figure P99 = new Figure("p99, ms", 1);
  private static final Figure MOST = new Figure("max, ms", 1);

  private Delays() {}

  /** Puts them into the lap's figures. */
  static void measure(Crossing crossing, Lap lap) throws SQLException {
    Map<Long, Double> source = commits(crossing.world().source(), crossing);
    Map<Long, Double> target = commits(crossing.world().target(), crossing);
    if (!source.keySet().equals(target.keySet())) {
      throw new IllegalStateException("Not all rows have come");
    }
    double[] delays =
        source.entrySet().stream()
            .mapToDouble(row -> target.get(row.getKey()) - row.getValue())
            .sorted()
            .toArray();
    lap.figure(P50, at(delays, 0.50));
    lap.figure(P99, at(delays, 0.99));
    lap.figure(MOST, delays[delays.length - 1]);
  }

  private static double at(double[] sorted, double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }

  /** When each row's last change was committed, in milliseconds of the server's clock. */
  private static Map<Long, Double> commits(SandboxPostgres side, Crossing crossing)
      throws SQLException {
    Map<Long, Double> commits = new HashMap<>();
    try (Connection connection = side.connect(crossing.database());
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT id, extract(epoch FROM pg_xact_commit_timestamp(xmin)) * 1000 FROM "
                    + crossing.shape().name())) {
      while (rows.next()) {
        commits.put(rows.getLong(1), rows.getDouble(2));
      }
    }
    return commits;
  }
}
