package nl.veer.control.status;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.postgres.PostgresProgress;
import nl.veer.connectors.event.Position;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the end of the source's WAL over one connection, opened anew when it breaks. */
public final class SourceEnd implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SourceEnd.class);

  /** Who shows a status does not wait longer for a part of it. */
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final SourceConnections source;
  private @Nullable Connection connection;

  public SourceEnd(SourceConnections source) {
    this.source = source;
  }

  /** The end now; null if it cannot be read. */
  public @Nullable Position position() {
    try {
      Connection open = connection;
      if (open == null) {
        open = source.openBounded("status", ANSWER);
        connection = open;
      }
      return PostgresProgress.end(open);
    } catch (SQLException e) {
      LOG.debug("The source's position could not be read", e);
      close();
      return null;
    }
  }

  @Override
  public void close() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.debug("A connection to the source did not close", e);
      }
      connection = null;
    }
  }
}
