package nl.veer.benchmarks.latency;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import nl.veer.benchmarks.ground.Crossing;

/**
 * Clients that commit small transactions (one insert and one update each) at a steady rate. They
 * keep a schedule: one that could not start in time is started late, not left out.
 *
 * @param rate transactions in a second, of all together
 * @param before ids that are taken already
 */
public record Writers(int rate, Duration length, long before) {
  private static final int COUNT = 4;

  /** Returns how many transactions they committed; each has inserted a row. */
  public long write(Crossing crossing) throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(COUNT);
    try {
      List<Future<Long>> counts = new ArrayList<>();
      for (int writer = 0; writer < COUNT; writer++) {
        int number = writer;
        counts.add(writers.submit(() -> writeOne(crossing, number)));
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

  private long writeOne(Crossing crossing, int writer) throws SQLException {
    long transactions = rate / COUNT * length.toSeconds();
    long pause = 1_000_000_000L * COUNT / rate;
    String table = crossing.shape().name();
    try (Connection connection = crossing.world().source().connect(crossing.database());
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO %s SELECT i, %s FROM (SELECT ?::bigint AS i) AS one"
                    .formatted(table, crossing.shape().values()));
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE %s SET %s WHERE id = ?".formatted(table, crossing.shape().change()))) {
      connection.setAutoCommit(false);
      long due = System.nanoTime();
      for (long i = 0; i < transactions; i++) {
        LockSupport.parkNanos(due - System.nanoTime());
        long id = before + i * COUNT + writer + 1;
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
