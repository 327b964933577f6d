package nl.veer.connectors.capture;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.event.LogId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a transactional message into the source's log at a fixed rhythm. It comes back as an
 * ordinary transaction with a position: so lag can be measured while nothing happens, and the slot
 * of an idle wave does not hold back WAL that other databases of the server write. A failure is
 * tried again at the next beat; it ends nothing. Has a thread and a connection of its own.
 */
final class Heartbeats implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);
  private static final String EMIT = "SELECT pg_logical_emit_message(true, ?, ?)";

  /** A beat that takes longer is given up. */
  private static final Duration BOUND = Duration.ofSeconds(10);

  private final SourceConnections source;
  private final LogId log;
  private final Clock clock;
  private final ScheduledExecutorService executor;
  private @Nullable Connection connection;
  private boolean failing;

  private Heartbeats(SourceConnections source, LogId log, Clock clock) {
    this.source = source;
    this.log = log;
    this.clock = clock;
    this.executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "heartbeats " + log);
              thread.setDaemon(true);
              return thread;
            });
  }

  static Heartbeats start(SourceConnections source, LogId log, Duration rhythm, Clock clock) {
    Heartbeats heartbeats = new Heartbeats(source, log, clock);
    heartbeats.executor.scheduleWithFixedDelay(
        heartbeats::beat, 0, rhythm.toNanos(), TimeUnit.NANOSECONDS);
    return heartbeats;
  }

  private void beat() {
    try {
      emit();
      failing = false;
    } catch (SQLException | RuntimeException e) {
      // Whatever it is: an exception that left this method would end the schedule in silence.
      disconnect();
      if (!failing) {
        failing = true;
        LOG.atWarn()
            .addKeyValue("wave", log)
            .addKeyValue("cause", e.getClass().getSimpleName())
            .addKeyValue("sqlstate", e instanceof SQLException error ? error.getSQLState() : "")
            .log("Heartbeat failed; trying again at each beat");
      }
    }
  }

  private void emit() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = source.openBounded(log + " heartbeat", BOUND);
      connection = open;
    }
    try (PreparedStatement statement = open.prepareStatement(EMIT)) {
      statement.setString(1, log.markerPrefix() + ".heartbeat");
      statement.setString(2, clock.instant().toString());
      statement.execute();
    }
  }

  private void disconnect() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException | RuntimeException e) {
        LOG.debug("Heartbeat connection did not close", e);
      }
      connection = null;
    }
  }

  @Override
  public void close() {
    // Its own thread closes the connection, after a beat under way: that one is bounded.
    executor.execute(this::disconnect);
    executor.shutdown();
  }
}
