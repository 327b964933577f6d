package nl.veer.connectors.capture;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import nl.veer.connectors.dialect.DriverSockets;
import nl.veer.connectors.dialect.Outage;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.event.LogId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the stream of changes has lost its server. Debezium polls it and takes silence for
 * peace, for ever. But heartbeats come through it; so when nothing comes for longer than those
 * explain, the server is asked over another connection. A server that decodes a large transaction
 * is silent too, and at work: it is left alone. One that has given the slot free, or waits for this
 * side although a heartbeat has just been written, is not there any more: the stream is cut, which
 * ends the engine's run as a broken connection does. Has a thread of its own, and waits for no
 * answer longer than a few seconds.
 */
final class StreamWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamWatch.class);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  /** Silence beyond what the heartbeats' rhythm explains. */
  private static final Duration QUIET = Duration.ofSeconds(15);

  /** What was written during the first look may still be on its way. */
  private static final int LOOKS = 2;

  private static final String WAITS_FOR_CLIENT =
      """
      SELECT NOT slot.active OR coalesce(session.wait_event_type = 'Client'
               AND session.wait_event <> 'WaitForStandbyConfirmation', false),
             pg_logical_emit_message(true, ?, ?)
      FROM pg_replication_slots slot LEFT JOIN pg_stat_activity session ON session.pid = active_pid
      WHERE slot.slot_name = ?
      """;

  private final SourceConnections source;
  private final LogId log;
  private final Duration quiet;
  private final DriverSockets stream;
  private final ScheduledExecutorService executor;
  private final Outage outage = new Outage();
  private int lost;
  private boolean cut;

  private StreamWatch(SourceConnections source, CaptureConfig config, DriverSockets stream) {
    this.source = source;
    this.log = config.log();
    this.quiet = QUIET.plus(config.heartbeat().multipliedBy(2));
    this.stream = stream;
    this.executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "stream watch " + log);
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * @param rhythm how often it looks
   * @param stream what Debezium reads from
   */
  static StreamWatch start(
      SourceConnections source, CaptureConfig config, Duration rhythm, DriverSockets stream) {
    StreamWatch watch = new StreamWatch(source, config, stream);
    watch.executor.scheduleWithFixedDelay(
        watch::look, rhythm.toNanos(), rhythm.toNanos(), TimeUnit.NANOSECONDS);
    return watch;
  }

  private void look() {
    if (cut) {
      // While it ends, Debezium opens new connections, and would wait for them too.
      stream.abort();
      return;
    }
    if (stream.waited().compareTo(quiet) < 0) {
      lost = 0;
      outage.end();
      return;
    }
    try {
      lost = waitsForClient() && stream.silence().compareTo(quiet) > 0 ? lost + 1 : 0;
      outage.end();
      if (lost >= LOOKS) {
        cut("the server does not send on it any more");
      }
    } catch (SQLException e) {
      if (!Outage.isUnreachable(e)) {
        outage.end();
        return;
      }
      outage.missed();
      if (outage.isLasting()) {
        cut("the server cannot be reached");
      }
    } catch (RuntimeException e) {
      outage.end();
      LOG.atWarn()
          .addKeyValue("wave", log)
          .addKeyValue("cause", e.getClass())
          .log("The stream could not be looked at; trying again");
    }
  }

  private boolean waitsForClient() throws SQLException {
    try (Connection connection = source.openBounded(log + " stream watch", ANSWER);
        PreparedStatement question = connection.prepareStatement(WAITS_FOR_CLIENT)) {
      question.setString(1, log.markerPrefix() + ".heartbeat");
      question.setString(2, Instant.now().toString());
      question.setString(3, log.slot());
      try (ResultSet row = question.executeQuery()) {
        return !row.next() || row.getBoolean(1);
      }
    }
  }

  private void cut(String why) {
    LOG.atWarn()
        .addKeyValue("wave", log)
        .addKeyValue("silentSeconds", stream.waited().toSeconds())
        .log("The stream of changes is silent: {}. It is cut and begun anew", why);
    cut = true;
    stream.abort();
  }

  /** Ends it; a look under way ends by its own bounds. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
