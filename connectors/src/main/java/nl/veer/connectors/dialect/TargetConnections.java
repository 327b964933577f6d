package nl.veer.connectors.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to the target. A type of its own, so that source and target cannot be swapped.
 * Safe for use by several threads; the connections belong to whoever opened them.
 */
public final class TargetConnections {
  private final DatabaseEndpoint endpoint;
  private final @Nullable SessionHolder holder;
  private final @Nullable ReadySessions ready;
  private final OpenSessions sessions;

  public TargetConnections(DatabaseEndpoint endpoint) {
    this(endpoint, null, null);
  }

  TargetConnections(
      DatabaseEndpoint endpoint, @Nullable SessionHolder holder, @Nullable ReadySessions ready) {
    this.endpoint = endpoint;
    this.holder = holder;
    this.ready = ready;
    this.sessions = new OpenSessions(endpoint, ready);
  }

  /**
   * Opens a connection that names itself to the server as {@code veer: purpose}. Its statements may
   * take as long as they need; but once it has lost its server it breaks within about a minute.
   *
   * @param purpose what for, for the server's own list of sessions, for example {@code shop/main
   *     load}
   */
  public Connection open(String purpose) throws SQLException {
    return SessionHolder.open(holder, purpose, sessions::open);
  }

  /** Breaks every session that was opened through this, also one that waits for an answer. */
  public void abort() {
    sessions.abort();
  }

  /**
   * Opens a connection for short questions: none is waited for longer than this, whatever hangs.
   *
   * @param answer at least a second
   */
  public Connection openBounded(String purpose, Duration answer) throws SQLException {
    return SessionHolder.open(holder, purpose, named -> sessions.openBounded(named, answer));
  }

  /** The same server, for somebody whose work may be taken over. */
  public TargetConnections heldBy(SessionHolder by) {
    return new TargetConnections(endpoint, by, ready);
  }

  /** The same server, for somebody who shall not wait for sessions that are there already. */
  public TargetConnections drawingOn(ReadySessions sessions) {
    return new TargetConnections(endpoint, holder, sessions.at(endpoint));
  }

  /** The same server, and holder, as the source of a way in the other direction. */
  public SourceConnections asSource() {
    return new SourceConnections(endpoint, holder, ready);
  }

  /** The same, with sessions that can be aborted by themselves. */
  public TargetConnections apart() {
    return new TargetConnections(endpoint, holder, ready);
  }

  public DatabaseEndpoint endpoint() {
    return endpoint;
  }
}
