package nl.veer.control.crossing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** A reader of the target that looks, as fast as it can, whether tables t and u differ in size. */
public final class HalfSeen implements AutoCloseable {
  private static final String LOOK = "SELECT (SELECT count(*) FROM t) = (SELECT count(*) FROM u)";

  private final CrossingWorld world;
  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicLong looks = new AtomicLong();
  private final AtomicLong halves = new AtomicLong();
  private final Thread thread = new Thread(this::run, "reader of the target");

  private HalfSeen(CrossingWorld world) {
    this.world = world;
  }

  public static HalfSeen start(CrossingWorld world) {
    HalfSeen reader = new HalfSeen(world);
    reader.thread.start();
    return reader;
  }

  private void run() {
    try (Connection target = world.target()) {
      while (!stop.get()) {
        if (!CrossingWorld.text(target, LOOK).equals("t")) {
          halves.incrementAndGet();
        }
        looks.incrementAndGet();
      }
    } catch (SQLException e) {
      halves.incrementAndGet();
    }
  }

  public long looks() {
    return looks.get();
  }

  public long halves() {
    return halves.get();
  }

  @Override
  public void close() throws InterruptedException {
    stop.set(true);
    thread.join();
  }
}
