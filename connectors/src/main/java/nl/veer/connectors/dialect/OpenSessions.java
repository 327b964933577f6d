package nl.veer.connectors.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/** The sessions that were opened and not closed yet. Safe for several threads. */
final class OpenSessions {
  private final Set<Connection> open = Collections.newSetFromMap(new WeakHashMap<>());

  Connection add(Connection connection) throws SQLException {
    synchronized (open) {
      for (Connection one : List.copyOf(open)) {
        if (one.isClosed()) {
          open.remove(one);
        }
      }
      open.add(connection);
    }
    return connection;
  }

  /** Cuts their network, so that whoever waits for an answer gets an error. */
  void abort() {
    Set<Connection> all;
    synchronized (open) {
      all = new HashSet<>(open);
    }
    for (Connection one : all) {
      try {
        one.abort(Runnable::run);
      } catch (SQLException e) {
        // It is cut as far as this side can: its thread gets its own error.
        continue;
      }
    }
  }
}
