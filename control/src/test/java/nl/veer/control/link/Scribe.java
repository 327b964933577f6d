package nl.veer.control.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import nl.veer.control.crossing.CrossingWorld;
import org.jspecify.annotations.Nullable;

/**
 * A client of the source that appends numbered rows, a transaction each, and remembers the last
 * number that was acknowledged: the judge of exactly once.
 */
final class Scribe implements AutoCloseable {
  static final String TABLE = "CREATE TABLE scribe (number bigint, body text)";
  static final String IDENTITY = "ALTER TABLE scribe REPLICA IDENTITY FULL";
  private static final int BODY = 500;

  private final CrossingWorld world;
  private final long pauseMillis;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<@Nullable SQLException> failure = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "scribe");

  private Scribe(CrossingWorld world, long pauseMillis) {
    this.world = world;
    this.pauseMillis = pauseMillis;
  }

  /** Begins to write, with a pause after each row. */
  static Scribe start(CrossingWorld world, long pauseMillis) {
    Scribe scribe = new Scribe(world, pauseMillis);
    scribe.thread.start();
    return scribe;
  }

  private void run() {
    try (Connection source = world.source();
        PreparedStatement insert =
            source.prepareStatement("INSERT INTO scribe VALUES (?, repeat('x', " + BODY + "))")) {
      while (!stop.await(pauseMillis, TimeUnit.MILLISECONDS)) {
        insert.setLong(1, acknowledged.get() + 1);
        insert.executeUpdate();
        acknowledged.incrementAndGet();
      }
    } catch (SQLException e) {
      failure.set(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  long acknowledged() {
    return acknowledged.get();
  }

  /** After the target is equal: what was acknowledged is there, each once. */
  void assertAcknowledgedIsThere() throws SQLException {
    assertThat((Object) failure.get()).isNull();
    long last = acknowledged.get();
    assertThat(last).isPositive();
    assertThat(
            world.targetText(
                "SELECT count(*), count(DISTINCT number), min(number), max(number) FROM scribe"))
        .isEqualTo(last + "|" + last + "|1|" + last);
  }

  @Override
  public void close() throws InterruptedException {
    stop.countDown();
    thread.join();
  }
}
