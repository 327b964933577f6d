package nl.veer.control.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import nl.veer.control.crossing.CrossingWorld;
import org.jspecify.annotations.Nullable;

/**
 * Clients that change few rows all the time, in every way that a row can be changed: its values, a
 * value that is stored apart, its key, its end and new beginning, a TRUNCATE under it. What they do
 * is a function of the seed, but for the order in which they come to the rows.
 */
final class HotRows implements AutoCloseable {
  static final String[] TABLES = {
    "CREATE TABLE hot (id int PRIMARY KEY, v text, n numeric, big text)",
    "CREATE TABLE cold (id int PRIMARY KEY, v text)",
    "CREATE TABLE loose (id int, v text)"
  };

  /** A foreign key from beside the wave, so that the target cannot TRUNCATE it. */
  static final String REFERRED_TO =
      "CREATE TABLE veer.beside (id int REFERENCES hot, at timestamptz DEFAULT now())";

  private static final int CLIENTS = 4;
  private static final int KEYS = 8;

  /** The other key that a row may have. */
  private static final int AWAY = 100;

  /** Between two transactions of one client; what the target keeps up with on a small machine. */
  private static final Duration REST = Duration.ofMillis(12);

  /** What several clients may do to each other: deadlock, serialization, a key that is taken. */
  private static final Set<String> COLLISIONS = Set.of("40P01", "40001", "23505");

  private static final String BIG =
      "(SELECT string_agg(md5(random()::text), '') FROM generate_series(1, 120))";

  private final CrossingWorld world;
  private final List<Thread> clients = new ArrayList<>();
  private final AtomicLong committed = new AtomicLong();
  private final AtomicReference<@Nullable SQLException> failure = new AtomicReference<>();
  private volatile boolean over;

  private HotRows(CrossingWorld world) {
    this.world = world;
  }

  /** The tables must be there. */
  static HotRows start(CrossingWorld world, long seed) throws SQLException {
    world.onSource(
        "ALTER TABLE loose REPLICA IDENTITY FULL",
        "INSERT INTO hot SELECT i, 'v', i, " + BIG + " FROM generate_series(1, 8) i",
        "INSERT INTO cold SELECT i, 'c' || i FROM generate_series(1, 500) i",
        "INSERT INTO loose SELECT i % 4, 'l' FROM generate_series(1, 20) i");
    HotRows rows = new HotRows(world);
    for (int i = 0; i < CLIENTS; i++) {
      Random dice = new Random(seed + i);
      boolean truncates = i == 0;
      Thread thread = new Thread(() -> rows.work(dice, truncates), "hot rows " + i);
      rows.clients.add(thread);
      thread.start();
    }
    return rows;
  }

  private void work(Random dice, boolean truncates) {
    try (Connection source = world.source()) {
      source.setAutoCommit(false);
      while (!over) {
        try {
          CrossingWorld.execute(source, transaction(dice, truncates));
          source.commit();
          committed.incrementAndGet();
        } catch (SQLException e) {
          if (!COLLISIONS.contains(e.getSQLState())) {
            throw e;
          }
          source.rollback();
        }
        LockSupport.parkNanos(REST.toNanos());
      }
    } catch (SQLException e) {
      failure.compareAndSet(null, e);
    }
  }

  private static String[] transaction(Random dice, boolean truncates) {
    if (truncates && dice.nextInt(150) == 0) {
      return new String[] {
        "TRUNCATE hot, loose",
        "INSERT INTO hot SELECT i, 't', i, " + BIG + " FROM generate_series(1, 8) i",
        "INSERT INTO loose SELECT i % 4, 't' FROM generate_series(1, 9) i"
      };
    }
    List<String> statements = new ArrayList<>();
    for (int left = 1 + dice.nextInt(3); left > 0; left--) {
      statements.addAll(change(dice, 1 + dice.nextInt(KEYS)));
    }
    return statements.toArray(String[]::new);
  }

  private static List<String> change(Random dice, int key) {
    String row = " WHERE id IN (" + key + ", " + (key + AWAY) + ")";
    return switch (dice.nextInt(12)) {
      case 0 ->
          List.of(
              "DELETE FROM hot" + row,
              "INSERT INTO hot VALUES (%d, 'again', %d.0, %s)".formatted(key, dice.nextInt(), BIG));
      case 1 ->
          List.of(
              "UPDATE hot SET id = CASE WHEN id > %d THEN id - %d ELSE id + %d END"
                      .formatted(AWAY, AWAY, AWAY)
                  + row);
      case 2 -> List.of("UPDATE hot SET big = " + BIG + row);
      case 3 -> List.of("UPDATE hot SET v = NULL" + row);
      case 4 ->
          List.of(
              "INSERT INTO loose VALUES (%d, 'l')".formatted(dice.nextInt(4)),
              "DELETE FROM loose WHERE ctid IN (SELECT ctid FROM loose WHERE id = %d LIMIT 1)"
                  .formatted(dice.nextInt(4)));
      case 5 -> List.of("DELETE FROM hot" + row);
      case 6 ->
          List.of(
              "INSERT INTO hot SELECT %d, '', 0.00, 'short' WHERE NOT EXISTS (SELECT FROM hot%s)"
                  .formatted(key, row));
      default -> List.of("UPDATE hot SET v = '%d', n = n + 0.10%s".formatted(dice.nextInt(), row));
    };
  }

  /** Transactions so far. */
  long committed() {
    return committed.get();
  }

  /** Every client ends with its transaction. */
  void stop() throws InterruptedException {
    over = true;
    for (Thread client : clients) {
      client.join(CrossingWorld.PATIENCE.toMillis());
    }
    SQLException failed = failure.get();
    if (failed != null) {
      throw new AssertionError("The clients of the hot rows failed", failed);
    }
  }

  @Override
  public void close() {
    over = true;
  }
}
