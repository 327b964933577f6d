package nl.veer.replicator.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import nl.veer.connectors.dialect.LoadDialect;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.TargetDialect;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.event.WaveId;
import nl.veer.replicator.stamp.StampStore;

/**
 * The sessions of one attempt. One that its user is done with is kept for the next: to log in and
 * to learn the catalogs anew takes longer than to copy a small table. What is taken belongs to
 * whoever took it, until it is kept or closed. Safe for several threads.
 */
final class LoadSessions implements AutoCloseable {
  private final String purpose;
  private final SourceConnections source;
  private final TargetConnections target;
  private final LoadDialect dialect;
  private final TargetDialect targetDialect;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final Deque<Connection> sources = new ArrayDeque<>();
  private final Deque<TargetSession> targets = new ArrayDeque<>();

  LoadSessions(
      WaveId wave,
      SourceConnections source,
      TargetConnections target,
      LoadDialect dialect,
      TargetDialect targetDialect) {
    this.purpose = StampStore.loadPurpose(wave);
    this.source = source;
    this.target = target;
    this.dialect = dialect;
    this.targetDialect = targetDialect;
  }

  /** A session on the source that is in no transaction. */
  Connection source() throws SQLException {
    synchronized (this) {
      if (!sources.isEmpty()) {
        return sources.pop();
      }
    }
    Connection session = dialect.open(source, purpose);
    synchronized (this) {
      opened.add(session);
    }
    return session;
  }

  /** A session on the target that is in no transaction. */
  TargetSession target() {
    synchronized (this) {
      if (!targets.isEmpty()) {
        return targets.pop();
      }
    }
    TargetSession session = targetDialect.open(target, purpose);
    synchronized (this) {
      opened.add(session);
    }
    return session;
  }

  /**
   * Keeps a session for the next who needs one.
   *
   * @param session in no transaction
   */
  synchronized void keep(Connection session) {
    sources.push(session);
  }

  /** The same on the target. */
  synchronized void keep(TargetSession session) {
    targets.push(session);
  }

  /** Ends all that were opened, whoever has them: one that stays open could keep locks. */
  @Override
  public synchronized void close() {
    RuntimeException first = null;
    for (AutoCloseable session : opened) {
      try {
        session.close();
      } catch (RuntimeException e) {
        first = first == null ? e : first;
      } catch (Exception e) {
        // The server ends what a broken connection left behind.
        continue;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
