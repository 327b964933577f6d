package nl.veer.control.dashboard.live;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.dashboard.command.CommandOrder;
import nl.veer.control.dashboard.command.CommandOutcome;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Legs;
import nl.veer.control.wave.Waves;
import nl.veer.verifier.record.ScanPause;

/**
 * Has a wave's own scans rest, and go on: by a record on the target, which whatever process scans
 * the wave reads. Owned by one thread.
 */
final class LivePause {
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final VeerConfig config;

  LivePause(VeerConfig config) {
    this.config = config;
  }

  CommandOutcome begin(CommandOrder order) {
    boolean begun =
        recorded(
            order,
            (connection, wave) ->
                ScanPause.begin(connection, wave, order.asker().words(), order.reason()));
    return begun
        ? CommandOutcome.done("PAUSED", "The wave's scans rest until RESUME; the rest goes on.")
        : CommandOutcome.refused("PAUSED_ALREADY", "The wave's scans rest already.");
  }

  CommandOutcome end(CommandOrder order) {
    return recorded(order, ScanPause::end)
        ? CommandOutcome.done("RESUMED", "The wave's scans go on.")
        : CommandOutcome.refused("NOT_PAUSED", "Nobody has the wave's scans rest.");
  }

  private interface Change {
    boolean of(Connection connection, WaveId wave) throws SQLException;
  }

  private boolean recorded(CommandOrder order, Change change) {
    WaveId home = Waves.chosen(config, order.wave()).get(0);
    Leg leg = Objects.requireNonNull(Legs.current(config).get(home));
    try (Connection connection = leg.to().openBounded(leg.wave() + " pause", ANSWER)) {
      connection.setAutoCommit(false);
      boolean changed = change.of(connection, leg.wave());
      connection.commit();
      return changed;
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "keeping whether the scans of a wave rest");
    }
  }
}
