package nl.veer.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import nl.veer.connectors.capture.Capture;
import nl.veer.replicator.Replicator;
import nl.veer.replicator.ReplicatorStatus.Lag;

/**
 * Milliseconds from source commit to target commit under a steady rate of small transactions (one
 * insert and one update each), everything on one machine. Writers keep a schedule: a transaction
 * that could not start in time is started late, not left out.
 */
final class LagBenchmark {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int WRITERS = 4;

  private LagBenchmark() {}

  static Measurement run(World world, int rate, Duration length) throws Exception {
    World.Crossing crossing = world.crossing("lag_" + rate, Shape.NARROW);
    Capture capture = crossing.capture();
    capture.prepare();
    Replicator replicator = crossing.replicator();
    try (RoleThread writing = new RoleThread("capture", capture::run, capture::stop);
        RoleThread applying = new RoleThread("apply", replicator::run, replicator::stop)) {
      applying.nanosUntil(() -> replicator.status().transactions() > 0, LIMIT);
      long before = replicator.status().transactions();
      long written = write(crossing, rate, length);
      applying.nanosUntil(() -> replicator.status().transactions() >= before + written, LIMIT);
      Lag lag = replicator.status().lag();
      return new Measurement(
          "end to end, " + rate + " tx/s",
          String.format(
              Locale.ROOT,
              "p50 %d ms, p99 %d ms, max %d ms   (%,.0f tx/s written)",
              lag.p50Millis(),
              lag.p99Millis(),
              lag.maxMillis(),
              written / (length.toMillis() / 1e3)));
    }
  }

  private static long write(World.Crossing crossing, int rate, Duration length) throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Future<Long>> counts = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        int number = writer;
        counts.add(writers.submit(() -> writeOne(crossing, number, rate / WRITERS, length)));
      }
      long sum = 0;
      for (Future<Long> count : counts) {
        sum += count.get();
      }
      return sum;
    } finally {
      writers.shutdown();
    }
  }

  private static long writeOne(World.Crossing crossing, int writer, int rate, Duration length)
      throws SQLException {
    long transactions = rate * length.toSeconds();
    long pause = 1_000_000_000L / rate;
    var source = crossing.source();
    try (Connection connection =
            DriverManager.getConnection(source.url(), source.user(), source.password().reveal());
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO narrow VALUES (?, 1, 'lag')");
        PreparedStatement update =
            connection.prepareStatement("UPDATE narrow SET amount = amount + 1 WHERE id = ?")) {
      connection.setAutoCommit(false);
      long due = System.nanoTime();
      for (long i = 0; i < transactions; i++) {
        LockSupport.parkNanos(due - System.nanoTime());
        long id = i * WRITERS + writer;
        insert.setLong(1, id);
        insert.executeUpdate();
        update.setLong(1, id);
        update.executeUpdate();
        connection.commit();
        due += pause;
      }
    }
    return transactions;
  }
}
