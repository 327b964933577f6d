package nl.veer.connectors.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import nl.veer.connectors.dialect.ReadySessions.Ready;
import nl.veer.connectors.dialect.SessionLook.Verdict;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions that were opened and not closed yet, under watch. Safe for several threads. */
final class OpenSessions {
  private static final Logger LOG = LoggerFactory.getLogger(OpenSessions.class);

  private final DatabaseEndpoint endpoint;
  private final @Nullable ReadySessions ready;
  private final Set<OpenSession> open = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean looking = new AtomicBoolean();

  /**
   * @param ready to draw on; null if there are none
   */
  OpenSessions(DatabaseEndpoint endpoint, @Nullable ReadySessions ready) {
    this.endpoint = endpoint;
    this.ready = ready;
    SessionWatch.add(this);
  }

  Connection open(String purpose) throws SQLException {
    Ready taken = taken(purpose, "");
    if (taken == null) {
      return opened(purpose);
    }
    Sessions.unlimit(endpoint, taken.connection());
    return watched(taken.connection(), taken.sockets(), taken.backend());
  }

  /** Not watched: it is bounded. */
  Connection openBounded(String purpose, Duration answer) throws SQLException {
    Ready taken = taken(purpose, Sessions.limit(answer));
    if (taken == null) {
      return Sessions.openBounded(endpoint, purpose, answer);
    }
    Sessions.bound(taken.connection(), answer);
    return taken.connection();
  }

  private @Nullable Ready taken(String purpose, String settings) {
    return ready == null ? null : ready.take(purpose, settings);
  }

  private Connection opened(String purpose) throws SQLException {
    try (DriverSockets sockets = DriverSockets.open()) {
      Connection connection = Sessions.open(endpoint, purpose, sockets);
      try {
        return watched(connection, sockets, Backend.of(connection));
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    }
  }

  private Connection watched(Connection connection, DriverSockets sockets, Backend backend)
      throws SQLException {
    forgetClosed();
    open.add(new OpenSession(connection, sockets, backend));
    return connection;
  }

  private void forgetClosed() throws SQLException {
    for (OpenSession session : open) {
      if (session.isClosed()) {
        open.remove(session);
      }
    }
  }

  /** Whether there is something to ask the server, and nobody asks it yet. Never waits. */
  boolean beginLook() {
    return open.stream().anyMatch(OpenSession::isQuiet) && looking.compareAndSet(false, true);
  }

  /** Asks the server about each session that hears nothing. */
  void look() {
    try {
      boolean unreachable = false;
      for (OpenSession session : open) {
        if (session.isQuiet()) {
          // All have the same server: each further look would only take its time.
          Verdict verdict =
              unreachable ? Verdict.UNREACHABLE : SessionLook.at(endpoint, session.backend());
          unreachable = verdict == Verdict.UNREACHABLE;
          session.judge(verdict);
        }
      }
    } catch (RuntimeException e) {
      LOG.atWarn().addKeyValue("cause", e.getClass()).log("A session could not be looked at");
    } finally {
      looking.set(false);
    }
  }

  /** Cuts their network, so that whoever waits for an answer gets an error. */
  void abort() {
    open.forEach(OpenSession::abort);
  }
}
