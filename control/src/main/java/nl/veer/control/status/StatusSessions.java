package nl.veer.control.status;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session per database for all that a status asks there, kept from one reading to the next. One
 * that broke in between is opened anew; a database that does not answer is not asked again in the
 * same reading, so that it costs one wait, not one per wave. Owned by one thread.
 */
final class StatusSessions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StatusSessions.class);
  private static final String PURPOSE = "status";
  private static final String QUERY_CANCELED = "57014";

  /** Who only looks does not wait longer. */
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final Map<String, Connection> open = new HashMap<>();
  private final Map<String, SQLException> silent = new HashMap<>();

  /** What is asked. */
  @FunctionalInterface
  interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  @FunctionalInterface
  private interface Opening {
    Connection open() throws SQLException;
  }

  /** A reading begins. */
  void begin() {
    silent.clear();
  }

  <T> T ask(SourceConnections side, Question<T> question) throws SQLException {
    return ask(side.endpoint().url(), () -> side.openBounded(PURPOSE, ANSWER), question);
  }

  <T> T ask(TargetConnections side, Question<T> question) throws SQLException {
    return ask(side.endpoint().url(), () -> side.openBounded(PURPOSE, ANSWER), question);
  }

  private <T> T ask(String url, Opening opening, Question<T> question) throws SQLException {
    SQLException before = silent.get(url);
    if (before != null) {
      throw before;
    }
    Connection kept = open.get(url);
    if (kept != null) {
      try {
        return question.ask(kept);
      } catch (SQLException e) {
        if (!kept.isClosed()) {
          throw heard(url, e);
        }
        LOG.debug("A session has broken", e);
        open.remove(url);
      }
    }
    return askAnew(url, opening, question);
  }

  private <T> T askAnew(String url, Opening opening, Question<T> question) throws SQLException {
    Connection fresh;
    try {
      fresh = opening.open();
    } catch (SQLException e) {
      silent.put(url, e);
      throw e;
    }
    open.put(url, fresh);
    try {
      return question.ask(fresh);
    } catch (SQLException e) {
      if (fresh.isClosed()) {
        open.remove(url);
        silent.put(url, e);
      }
      throw heard(url, e);
    }
  }

  /** One that has not answered a question in time would not answer the next ones either. */
  private SQLException heard(String url, SQLException failure) {
    if (QUERY_CANCELED.equals(failure.getSQLState())) {
      silent.put(url, failure);
    }
    return failure;
  }

  @Override
  public void close() {
    open.values().forEach(StatusSessions::close);
    open.clear();
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.debug("A session did not close", e);
    }
  }
}
