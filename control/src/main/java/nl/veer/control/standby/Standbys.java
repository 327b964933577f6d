package nl.veer.control.standby;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.LeaseHolder;
import nl.veer.connectors.dialect.postgres.PostgresLease;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.wave.Role;
import nl.veer.control.wave.RoleName;
import nl.veer.control.wave.Waves;

/** The processes that stand by for a role, wherever they are, as the databases see them. */
public final class Standbys {
  private static final Duration ANSWER = Duration.ofSeconds(4);
  private static final String PURPOSE = "stand-bys";

  private Standbys() {}

  /** One line for each role that somebody stands by for; none of what could not be asked. */
  public static List<String> of(VeerConfig config) {
    List<WaveId> waves = Waves.chosen(config, null);
    SourceConnections source = new SourceConnections(config.source().endpoint());
    TargetConnections target = new TargetConnections(config.target().endpoint());
    List<String> lines = new ArrayList<>();
    lines.addAll(of(() -> source.openBounded(PURPOSE, ANSWER), waves, List.of(Role.CAPTURE)));
    lines.addAll(
        of(() -> target.openBounded(PURPOSE, ANSWER), waves, List.of(Role.REPLICATE, Role.VERIFY)));
    return lines;
  }

  /**
   * Before what the roles have made is removed: one that stands by would begin in the middle of it.
   * A side that cannot be asked lets nobody begin either.
   *
   * @param home a wave's name on its first leg
   * @throws Failure CONFLICT if a process does one of these roles of the wave, or stands by
   */
  public static void requireNone(VeerConfig config, WaveId home, Role... roles) {
    SourceConnections source = new SourceConnections(config.source().endpoint());
    TargetConnections target = new TargetConnections(config.target().endpoint());
    for (Role role : roles) {
      SideLease.Opening side =
          role.captures()
              ? () -> source.openBounded(PURPOSE, ANSWER)
              : () -> target.openBounded(PURPOSE, ANSWER);
      if (isWanted(side, RoleName.of(home, role))) {
        throw new Failure(
            FailureKind.CONFLICT,
            "RUNNING",
            "A process does `veer %s` of wave %s, or stands by for it. End it first, where it runs:"
                    .formatted(role.word(), home.wave())
                + " veer stop");
      }
    }
  }

  private static boolean isWanted(SideLease.Opening side, String name) {
    try (Connection connection = side.open()) {
      return PostgresLease.isWanted(connection, List.of(name));
    } catch (SQLException e) {
      return false;
    }
  }

  private static List<String> of(SideLease.Opening opening, List<WaveId> waves, List<Role> roles) {
    List<String> lines = new ArrayList<>();
    try (Connection connection = opening.open()) {
      for (Role role : roles) {
        Set<LeaseHolder> waiting = new LinkedHashSet<>();
        for (WaveId wave : waves) {
          waiting.addAll(PostgresLease.waitingFor(connection, RoleName.of(wave, role)));
        }
        if (!waiting.isEmpty()) {
          lines.add(
              "%s: %d standing by (%s)"
                  .formatted(
                      role.word(),
                      waiting.size(),
                      String.join(", ", waiting.stream().map(LeaseHolder::words).toList())));
        }
      }
    } catch (SQLException e) {
      // Whoever asks has been told already that this side could not be read.
      return List.of();
    }
    return lines;
  }
}
