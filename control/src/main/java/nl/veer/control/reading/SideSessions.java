package nl.veer.control.reading;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session per database, opened anew when it breaks. A database that does not answer is not
 * asked again before the next {@link #begin}: one that is away costs a reading one wait, not one
 * per wave. Owned by one thread.
 */
final class SideSessions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SideSessions.class);

  /** Who only looks does not wait longer. */
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private static final String PURPOSE = "readings";

  private final Map<String, Connection> open = new HashMap<>();
  private final Set<String> silent = new HashSet<>();

  /** What is asked; null is an answer too. */
  @FunctionalInterface
  interface Question<T> {
    @Nullable T ask(Connection connection) throws SQLException;
  }

  @FunctionalInterface
  private interface Opening {
    Connection open() throws SQLException;
  }

  /** A reading begins. */
  void begin() {
    silent.clear();
  }

  /** Whether the database has not answered in this reading. */
  boolean isSilent(String url) {
    return silent.contains(url);
  }

  <T> @Nullable T ask(SourceConnections side, Question<T> question) {
    return ask(side.endpoint().url(), () -> side.openBounded(PURPOSE, ANSWER), question);
  }

  <T> @Nullable T ask(TargetConnections side, Question<T> question) {
    return ask(side.endpoint().url(), () -> side.openBounded(PURPOSE, ANSWER), question);
  }

  private <T> @Nullable T ask(String url, Opening opening, Question<T> question) {
    if (silent.contains(url)) {
      return null;
    }
    try {
      Connection connection = open.get(url);
      if (connection == null) {
        connection = opening.open();
        open.put(url, connection);
      }
      return question.ask(connection);
    } catch (SQLException e) {
      LOG.debug("A side could not be read", e);
      silent.add(url);
      close(open.remove(url));
      return null;
    }
  }

  @Override
  public void close() {
    open.values().forEach(SideSessions::close);
    open.clear();
  }

  private static void close(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.debug("A session did not close", e);
      }
    }
  }
}
