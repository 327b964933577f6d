package nl.veer.control.cli;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.failure.BareTrace;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.config.ListenAddress;
import nl.veer.control.config.ObserveConfig;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.dashboard.http.ProcessServer;
import nl.veer.control.health.HealthReport;
import nl.veer.control.watch.RunWatch;
import nl.veer.control.wave.Role;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Metrics and health of a role that runs as a process of its own, over HTTP where that is
 * configured: from the first moment, so that whoever probes sees a start that takes its time, to
 * the last. The role does not depend on it. Safe for use by several threads.
 */
final class RoleWindow implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RoleWindow.class);

  private final Clock clock;
  private final @Nullable ProcessServer server;
  private final @Nullable String words;

  /** Null as long as the roles have not begun. */
  private volatile @Nullable RunWatch watched;

  /** Whom it stands by for; null while it does not. */
  private volatile @Nullable String standby;

  private volatile boolean ending;

  private RoleWindow(VeerConfig config, Role role, Clock clock) {
    this.clock = clock;
    ListenAddress at = address(config.observe(), role);
    ProcessServer served = null;
    String said = null;
    if (at != null) {
      try {
        served = serve(config, role, at);
        said = "Metrics and health: %smetrics, %1$shealth/ready".formatted(served.uri());
      } catch (Failure failure) {
        LOG.atWarn().addKeyValue("code", failure.code()).log("No metrics are served");
        said = without(String.valueOf(failure.getMessage()));
      } catch (RuntimeException e) {
        // Without the words: they may quote a key.
        LOG.atError().log("No metrics are served: {}", BareTrace.of(e));
        said = without("it failed in a way that nobody foresaw; see the log file.");
      }
    }
    this.server = served;
    this.words = said;
  }

  /** Serves from now on, if that is configured and can be; never fails. */
  static RoleWindow open(VeerConfig config, Role role) {
    return new RoleWindow(config, role, Clock.systemUTC());
  }

  private ProcessServer serve(VeerConfig config, Role role, ListenAddress at) {
    return ProcessServer.start(
        "veer " + role.word(),
        "observe." + role.word(),
        config.dashboard().listeningAt(at),
        WatchPages.of(this::metrics, this::live, this::ready),
        clock);
  }

  /** {@code veer run} tells of itself beside its dashboard. */
  private static @Nullable ListenAddress address(ObserveConfig config, Role role) {
    return switch (role) {
      case RUN -> null;
      case CAPTURE -> config.capture();
      case REPLICATE -> config.replicate();
      case VERIFY -> config.verify();
    };
  }

  private static String without(String why) {
    return "No metrics and no health are served: %s The role runs without them.".formatted(why);
  }

  /** Where they are, or why they are not; empty if that is not configured. */
  Optional<String> words() {
    return Optional.ofNullable(words);
  }

  /** Another process has the role; this one waits. */
  void standsBy(String forWhom) {
    standby = forWhom;
  }

  /** It waits no more. */
  void takesOver() {
    standby = null;
  }

  /** The roles have begun. */
  void begun(RunWatch watch) {
    watched = watch;
  }

  /** The roles are asked to end; what is known of them says nothing of what comes. */
  void ends() {
    ending = true;
  }

  String metrics() {
    RunWatch watch = watched;
    return watch == null || ending ? "" : watch.metrics().scrape();
  }

  HealthReport live() {
    RunWatch watch = watched;
    return watch == null ? HealthReport.live(now(), List.of()) : watch.health().live();
  }

  HealthReport ready() {
    RunWatch watch = watched;
    String waiting = standby;
    if (ending) {
      return HealthReport.ending(now());
    }
    if (waiting != null) {
      return HealthReport.standingBy(now(), waiting);
    }
    return watch == null ? HealthReport.starting(now()) : watch.health().ready();
  }

  private Instant now() {
    return clock.instant();
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }
}
