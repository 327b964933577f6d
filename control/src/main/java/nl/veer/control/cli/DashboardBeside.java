package nl.veer.control.cli;

import java.nio.file.Path;
import java.time.Clock;
import nl.veer.connectors.failure.BareTrace;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.dashboard.Dashboard;
import nl.veer.control.dashboard.command.CommandDriver;
import nl.veer.control.dashboard.live.DatabaseView;
import nl.veer.control.dashboard.live.LiveDriver;
import nl.veer.control.dashboard.live.RunStatus;
import nl.veer.control.watch.RunWatch;
import nl.veer.control.wave.MigrationRun;
import nl.veer.control.wave.OpenLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The dashboard of a process that runs roles. They do not depend on it: they go on without. */
final class DashboardBeside implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DashboardBeside.class);

  private final String words;
  private final @Nullable Dashboard dashboard;
  private final @Nullable DatabaseView view;
  private final @Nullable RunStatus status;

  private DashboardBeside(
      String words,
      @Nullable Dashboard dashboard,
      @Nullable DatabaseView view,
      @Nullable RunStatus status) {
    this.words = words;
    this.dashboard = dashboard;
    this.view = view;
    this.status = status;
  }

  /**
   * @param file the configuration's; null for no dashboard
   */
  static DashboardBeside start(
      VeerConfig config, @Nullable Path file, MigrationRun run, OpenLog log, RunWatch watched) {
    if (file == null) {
      return new DashboardBeside("No dashboard is served.", null, null, null);
    }
    Clock clock = Clock.systemDefaultZone();
    RunStatus status = new RunStatus(config.migration(), run, watched.readings(), clock);
    String veer = Veer.Version.number();
    DatabaseView view =
        new DatabaseView(
            config,
            file,
            veer,
            status,
            () -> log,
            (leg, report) -> watched.gates().keep(leg, report, clock.instant()),
            clock);
    try {
      CommandDriver driver = new LiveDriver(config, () -> log);
      Dashboard dashboard =
          Dashboard.start(config, veer, view, driver, WatchPages.of(watched), clock);
      return new DashboardBeside("Dashboard: " + dashboard.uri(), dashboard, view, status);
    } catch (Failure failure) {
      LOG.atWarn().addKeyValue("code", failure.code()).log("No dashboard is served");
      return without(String.valueOf(failure.getMessage()), view, status);
    } catch (RuntimeException e) {
      // Without the words: they may quote a key.
      LOG.atError().log("No dashboard is served: {}", BareTrace.of(e));
      return without("it failed in a way that nobody foresaw; see the log file.", view, status);
    }
  }

  private static DashboardBeside without(String why, DatabaseView view, RunStatus status) {
    return new DashboardBeside(
        "No dashboard is served: %s The roles run without it.".formatted(why), null, view, status);
  }

  /** Where it is, or why it is not. */
  String words() {
    return words;
  }

  @Override
  public void close() {
    if (view != null) {
      view.close();
    }
    if (dashboard != null) {
      dashboard.close();
    }
    if (status != null) {
      status.close();
    }
  }
}
