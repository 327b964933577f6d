package nl.veer.verifier.record;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * A session on the target that is opened when it is needed, and anew after a failure. Each question
 * is one transaction. Safe for use by several threads, one at a time.
 */
final class RecordSession implements AutoCloseable {
  /** No answer takes longer, whatever hangs. */
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final TargetConnections target;
  private final String purpose;
  private @Nullable Connection open;

  RecordSession(TargetConnections target, String purpose) {
    this.target = target;
    this.purpose = purpose;
  }

  /** What is done in one transaction. */
  interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  /**
   * @throws Failure as the target says
   */
  synchronized <T> T ask(String doing, Question<T> question) {
    boolean done = false;
    try {
      Connection connection = open;
      if (connection == null) {
        connection = target.openBounded(purpose, ANSWER);
        open = connection;
        connection.setAutoCommit(false);
      }
      T answer = question.ask(connection);
      connection.commit();
      done = true;
      return answer;
    } catch (SQLException e) {
      throw PostgresFailures.target(e, doing);
    } finally {
      if (!done) {
        close();
      }
    }
  }

  @Override
  public synchronized void close() {
    Connection connection = open;
    open = null;
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        // Broken already; the server undoes what it held.
        return;
      }
    }
  }
}
