package nl.veer.control.cutover;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import nl.veer.connectors.event.TableId;
import org.jspecify.annotations.Nullable;

/**
 * A client that tries to write all the time, as an application would: {@code DELETE … WHERE false}
 * on one of the wave's tables, each a transaction, which changes nothing, but is refused where
 * writes are. What it was kept waiting counts as well. Runs on a thread of its own; whoever has
 * made it may ask from any.
 */
final class OutageWriter implements AutoCloseable {
  private static final long PAUSE_MILLIS = 3;

  /** Whoever is refused until the other side is open hears of that, and need not keep asking. */
  private static final long REFUSED_PAUSE_MILLIS = 20;

  private static final Duration ENDS_WITHIN = Duration.ofSeconds(5);

  private final @Nullable String role;
  private final Thread thread;
  private volatile Place place;
  private volatile boolean ended;
  private boolean accepted;
  private boolean refused;
  private boolean refusing;
  private long last;
  private long longest;

  /** Opens sessions on a side. */
  interface Opening {
    Connection open() throws SQLException;
  }

  /** Where it writes. */
  record Place(Opening side, TableId table) {}

  /**
   * @param role as whom it writes; null for Veer's own
   */
  OutageWriter(Place place, @Nullable String role) {
    this.place = place;
    this.role = role;
    this.thread = new Thread(this::write, "outage writer");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** From its next write on, which is at once, it writes there. */
  synchronized void moveTo(Place other) {
    place = other;
    notifyAll();
  }

  private void write() {
    Connection open = null;
    Place at = place;
    while (!ended) {
      try {
        if (at != place) {
          close(open);
          open = null;
          at = place;
        }
        if (open == null) {
          open = opened(at);
        }
        try (Statement statement = open.createStatement()) {
          statement.execute("DELETE FROM " + at.table.quoted() + " WHERE false");
        }
        wasAccepted(at);
      } catch (SQLException e) {
        wasRefused();
        if (isBroken(open)) {
          close(open);
          open = null;
        }
      }
      if (!pause(at)) {
        break;
      }
    }
    close(open);
  }

  private Connection opened(Place at) throws SQLException {
    Connection connection = at.side.open();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET application_name = 'outage writer'");
      if (role != null) {
        statement.execute("SET ROLE \"" + role.replace("\"", "\"\"") + '"');
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private synchronized boolean pause(Place at) {
    try {
      long millis = refusing ? REFUSED_PAUSE_MILLIS : PAUSE_MILLIS;
      if (at.equals(place) && !ended) {
        TimeUnit.MILLISECONDS.timedWait(this, millis);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean isBroken(@Nullable Connection open) {
    try {
      return open == null || open.isClosed();
    } catch (SQLException e) {
      return true;
    }
  }

  private static void close(@Nullable Connection open) {
    try {
      if (open != null) {
        open.close();
      }
    } catch (SQLException e) {
      // It has nothing open that would be lost.
      return;
    }
  }

  /** One that came back from where it does not write any more says nothing. */
  private synchronized void wasAccepted(Place at) {
    if (at != place) {
      return;
    }
    long now = System.nanoTime();
    if (accepted) {
      longest = Math.max(longest, now - last);
    }
    accepted = true;
    refusing = false;
    last = now;
    notifyAll();
  }

  private synchronized void wasRefused() {
    refused |= accepted;
    refusing = true;
    notifyAll();
  }

  /** Whether it could write, and then once could not. */
  synchronized boolean wasStopped() {
    return refused;
  }

  /** Waits until its last write was taken; not longer than this. */
  synchronized boolean awaitAccepted(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    try {
      while (!accepted || refusing) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The longest time between two of its writes that were taken. */
  synchronized Duration longestPause() {
    return Duration.ofNanos(longest);
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  @Override
  public void close() {
    end();
    try {
      thread.join(ENDS_WITHIN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
