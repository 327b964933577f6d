package nl.veer.connectors.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions that are opened before anybody needs one, for a moment in which nobody shall wait for a
 * server to log Veer in. Each is given out once, to whoever opens the next through {@link
 * SourceConnections} or {@link TargetConnections} that draw on these; where none is left, or one is
 * broken, a new one is opened as ever. A server that has no room for all of them keeps what it has
 * for others. Safe for use by several threads.
 */
public final class ReadySessions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReadySessions.class);

  /** What stands between may have forgotten an older one, and asking would take its time. */
  public static final Duration FRESH = Duration.ofMinutes(2);

  /** What a session that nobody has taken yet is opened for. */
  private static final String PURPOSE = "ready";

  private final DatabaseEndpoint endpoint;
  private final BlockingQueue<Ready> ready = new LinkedBlockingQueue<>();
  private volatile boolean closed;

  /** One that nobody uses yet. */
  record Ready(Connection connection, DriverSockets sockets, Backend backend, long openedAt) {
    private boolean isFresh() {
      return System.nanoTime() - openedAt < FRESH.toNanos();
    }
  }

  public ReadySessions(DatabaseEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * These, for connections to that server.
   *
   * @throws IllegalArgumentException if they are another server's
   */
  ReadySessions at(DatabaseEndpoint server) {
    if (!server.equals(endpoint)) {
      throw new IllegalArgumentException("These sessions are not of " + server);
    }
    return this;
  }

  /** Opens so many more, on a thread of its own. */
  public void open(int count) {
    Thread thread = new Thread(() -> openAll(count), "sessions ahead");
    thread.setDaemon(true);
    thread.start();
  }

  private void openAll(int count) {
    try {
      for (int i = 0; i < count && !closed; i++) {
        ready.add(opened());
      }
    } catch (SQLException e) {
      LOG.debug("No sessions are opened ahead", e);
      closed = true;
    }
    if (closed) {
      closeAll();
    }
  }

  private Ready opened() throws SQLException {
    try (DriverSockets sockets = DriverSockets.open()) {
      Connection connection = Sessions.connect(endpoint, PURPOSE, sockets);
      try {
        return new Ready(connection, sockets, Backend.of(connection), System.nanoTime());
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    }
  }

  /**
   * One that has answered just now, and is named and set as if it had been opened for this; null if
   * there is none.
   *
   * @param settings statements for it, each with its semicolon
   */
  @Nullable Ready take(String purpose, String settings) {
    for (Ready next = ready.poll(); next != null; next = ready.poll()) {
      if (!next.isFresh()) {
        close(next);
      } else if (isSet(next, purpose, settings)) {
        return next;
      } else {
        // The others may fare the same, each for as long as an answer may take.
        close(next);
        closeAll();
      }
    }
    return null;
  }

  private static boolean isSet(Ready one, String purpose, String settings) {
    try (Statement statement = one.connection.createStatement()) {
      statement.execute(
          "%sSET application_name = '%s'"
              .formatted(settings, Sessions.name(purpose).replace("'", "''")));
      return true;
    } catch (SQLException e) {
      LOG.debug("A session that was opened ahead is gone", e);
      return false;
    }
  }

  private static void close(Ready one) {
    try {
      one.connection.close();
    } catch (SQLException e) {
      LOG.debug("A session that was opened ahead did not close", e);
    }
  }

  private void closeAll() {
    for (Ready next = ready.poll(); next != null; next = ready.poll()) {
      close(next);
    }
  }

  /** Ends those that nobody has taken; opens no more. */
  @Override
  public void close() {
    closed = true;
    closeAll();
  }
}
