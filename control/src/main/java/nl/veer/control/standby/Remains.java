package nl.veer.control.standby;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.dialect.postgres.PostgresSlots;
import nl.veer.connectors.event.LogId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.log.LogTopic;
import nl.veer.connectors.log.LogWriter;
import nl.veer.control.config.KafkaConfig;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Legs;
import nl.veer.control.wave.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process that was lost leaves on the servers, to be ended by whoever has its lease now: a
 * session that reads its slot, which a server keeps for a minute and a half, for it may be busy
 * with a large row; and a transaction in Kafka, of which a capture waits for seconds whether a
 * living writer commits it. This one has said nothing to keep its lease either. What cannot be
 * ended is left to its server, and to the role, which waits for it in its own way.
 */
public final class Remains {
  private static final Logger LOG = LoggerFactory.getLogger(Remains.class);
  private static final Duration ANSWER = Duration.ofSeconds(4);

  /** The transactions of commands that make a log ready are short, and no role's to discard. */
  private static final Duration A_COMMAND = Duration.ofMillis(300);

  private Remains() {}

  /** Ends them, on all legs of these waves. */
  public static void end(VeerConfig config, List<WaveId> waves, Role role) {
    List<LogId> unread = new ArrayList<>();
    for (WaveId wave : waves) {
      for (Leg leg : legs(config, wave)) {
        if (role.captures() && endReader(leg.from(), leg.wave())) {
          unread.add(leg.wave());
        }
        if (role.verifies() && endReader(leg.to().asSource(), leg.wave().echo())) {
          unread.add(leg.wave().echo());
        }
      }
    }
    KafkaConfig kafka = config.kafka();
    if (kafka != null) {
      discard(kafka, unread);
    }
  }

  private static List<Leg> legs(VeerConfig config, WaveId wave) {
    try {
      return Legs.all(config, wave);
    } catch (Failure away) {
      return List.of(Legs.first(config, wave));
    }
  }

  /** Tells whether the slot has none now, for all that is known. */
  private static boolean endReader(SourceConnections side, LogId log) {
    try (Connection connection = side.openBounded(log + " takeover", ANSWER)) {
      PostgresSlots.endReader(connection, log.slot());
      return true;
    } catch (SQLException e) {
      LOG.atWarn()
          .addKeyValue("slot", log.slot())
          .log("Whether it has a reader yet is not known: {}", PostgresFailures.words(e));
      return false;
    }
  }

  /** A writer that opens discards what the one before it left. */
  private static void discard(KafkaConfig kafka, LogId log) {
    LogTopic topic = new LogTopic(kafka.endpoint(), log);
    if (topic.id().isPresent() && !topic.isSettledWithin(A_COMMAND)) {
      LogWriter.open(kafka.endpoint(), log, kafka.topic()).close();
    }
  }

  /**
   * All at once, and no longer than one answer takes. One that comes to Kafka later than this may
   * cut the new capture off, which begins anew then.
   */
  private static void discard(KafkaConfig kafka, List<LogId> logs) {
    CompletableFuture<?>[] all =
        logs.stream()
            .map(log -> CompletableFuture.runAsync(() -> discard(kafka, log), Remains::aside))
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(all).get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.atWarn()
          .addKeyValue("logs", logs)
          .log("Whether a transaction is open in one of them yet is not known: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void aside(Runnable work) {
    Thread thread = new Thread(work, "remains");
    thread.setDaemon(true);
    thread.start();
  }
}
