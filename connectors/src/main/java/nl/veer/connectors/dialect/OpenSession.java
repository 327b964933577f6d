package nl.veer.connectors.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import nl.veer.connectors.dialect.SessionLook.Verdict;

/**
 * A session and the judgement whether it still has a server: see {@link SessionWatch}. Judged by
 * one thread at a time.
 */
final class OpenSession {
  /** How long an answer may take before the server is asked what it does. */
  static final Duration QUIET = Duration.ofSeconds(15);

  /** An answer may be on its way during the first look that says there is none. */
  private static final int LOOKS = 2;

  private final Connection connection;
  private final DriverSockets sockets;
  private final Backend backend;
  private final Outage outage = new Outage();
  private long judged;
  private int lost;

  OpenSession(Connection connection, DriverSockets sockets, Backend backend) {
    this.connection = connection;
    this.sockets = sockets;
    this.backend = backend;
  }

  boolean isClosed() throws SQLException {
    return connection.isClosed();
  }

  Backend backend() {
    return backend;
  }

  /** Whether it has waited so long that the server is to be asked. */
  boolean isQuiet() {
    return waited().compareTo(QUIET) > 0;
  }

  /** Takes note of what the server says; a session that is lost is cut. */
  void judge(Verdict verdict) {
    long since = sockets.waitingSince();
    if (since == 0) {
      return;
    }
    if (since != judged) {
      judged = since;
      lost = 0;
      outage.end();
    }
    if (verdict == Verdict.UNREACHABLE) {
      outage.missed();
    } else {
      outage.end();
    }
    lost = verdict == Verdict.LOST ? lost + 1 : 0;
    if (lost >= LOOKS || outage.isLasting()) {
      sockets.abort();
    }
  }

  private Duration waited() {
    long since = sockets.waitingSince();
    return since == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
  }

  /** Cuts its network, so that whoever waits for an answer gets an error. */
  void abort() {
    sockets.abort();
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      // It is cut as far as this side can: its thread gets its own error.
      return;
    }
  }
}
