package nl.veer.control.standby;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.dialect.postgres.PostgresSlots;
import nl.veer.connectors.event.LogId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Legs;
import nl.veer.control.wave.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process that was lost leaves on the servers: sessions that read its slots. A server keeps
 * a slot for a reader that is silent for a minute and a half, for it may be busy with a large row;
 * but this one has said nothing to keep its lease either. To be ended by whoever has that now.
 */
public final class FormerReaders {
  private static final Logger LOG = LoggerFactory.getLogger(FormerReaders.class);
  private static final Duration ANSWER = Duration.ofSeconds(4);

  private FormerReaders() {}

  /** Ends them, on all legs of these waves; what cannot be ended is left to its server. */
  public static void end(VeerConfig config, List<WaveId> waves, Role role) {
    for (WaveId wave : waves) {
      for (Leg leg : legs(config, wave)) {
        if (role.captures()) {
          end(leg.from(), leg.wave());
        }
        if (role.verifies()) {
          end(leg.to().asSource(), leg.wave().echo());
        }
      }
    }
  }

  private static List<Leg> legs(VeerConfig config, WaveId wave) {
    try {
      return Legs.all(config, wave);
    } catch (Failure away) {
      return List.of(Legs.first(config, wave));
    }
  }

  private static void end(SourceConnections side, LogId log) {
    try (Connection connection = side.openBounded(log + " takeover", ANSWER)) {
      PostgresSlots.endReader(connection, log.slot());
    } catch (SQLException e) {
      LOG.atWarn()
          .addKeyValue("slot", log.slot())
          .log("Whether it has a reader yet is not known: {}", PostgresFailures.words(e));
    }
  }
}
