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
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.dialect.postgres.PostgresLease;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.wave.Role;
import nl.veer.control.wave.RoleName;
import nl.veer.control.wave.Waves;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The processes that stand by for a role, wherever they are, as the databases see them. */
public final class Standbys {
  private static final Logger LOG = LoggerFactory.getLogger(Standbys.class);
  private static final Duration ANSWER = Duration.ofSeconds(4);
  private static final String PURPOSE = "stand-bys";

  private Standbys() {}

  /** One line for each role that somebody stands by for; none of what could not be asked. */
  public static List<String> of(VeerConfig config) {
    List<WaveId> waves = Waves.chosen(config, null);
    List<String> lines = new ArrayList<>();
    ask(
        config,
        List.of(Role.CAPTURE, Role.REPLICATE, Role.VERIFY),
        (side, role) -> {
          Set<LeaseHolder> waiting = new LinkedHashSet<>();
          for (WaveId wave : waves) {
            waiting.addAll(PostgresLease.waitingFor(side, RoleName.of(wave, role)));
          }
          if (!waiting.isEmpty()) {
            lines.add(words(role, waiting));
          }
        });
    return lines;
  }

  private static String words(Role role, Set<LeaseHolder> waiting) {
    return "%s: %d standing by (%s)"
        .formatted(
            role.word(),
            waiting.size(),
            String.join(", ", waiting.stream().map(LeaseHolder::words).toList()));
  }

  /**
   * Before what the roles have made is removed: one that stands by would begin in the middle of it.
   * A side that cannot be asked lets nobody begin either.
   *
   * @param home a wave's name on its first leg
   * @throws Failure CONFLICT if a process does one of these roles of the wave, or stands by
   */
  public static void requireNone(VeerConfig config, WaveId home, Role... roles) {
    ask(
        config,
        List.of(roles),
        (side, role) -> {
          if (PostgresLease.isWanted(side, List.of(RoleName.of(home, role)))) {
            throw new Failure(
                FailureKind.CONFLICT,
                "RUNNING",
                "A process does `veer %s` of wave %s, or stands by for it. End it first, where it"
                        .formatted(role.word(), home.wave())
                    + " runs: veer stop");
          }
        });
  }

  private interface Question {
    void of(Connection side, Role role) throws SQLException;
  }

  /** Asks each role's question where its lease is kept, over one session for each side. */
  private static void ask(VeerConfig config, List<Role> roles, Question question) {
    SourceConnections source = new SourceConnections(config.source().endpoint());
    TargetConnections target = new TargetConnections(config.target().endpoint());
    ask(
        () -> source.openBounded(PURPOSE, ANSWER),
        roles.stream().filter(Role::captures).toList(),
        question);
    ask(
        () -> target.openBounded(PURPOSE, ANSWER),
        roles.stream().filter(role -> !role.captures()).toList(),
        question);
  }

  private static void ask(SideLease.Opening side, List<Role> roles, Question question) {
    if (roles.isEmpty()) {
      return;
    }
    try (Connection connection = side.open()) {
      for (Role role : roles) {
        question.of(connection, role);
      }
    } catch (SQLException e) {
      LOG.debug("A side was not asked who stands by there: {}", PostgresFailures.words(e));
    }
  }
}
