package nl.veer.control.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import nl.veer.connectors.failure.BareTrace;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.config.DashboardConfig;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.dashboard.Dashboard;
import nl.veer.control.dashboard.command.CommandDriver;
import nl.veer.control.dashboard.live.DatabaseView;
import nl.veer.control.dashboard.live.LiveDriver;
import nl.veer.control.dashboard.live.RunStatus;
import nl.veer.control.dashboard.view.ProcessPage;
import nl.veer.control.watch.RunWatch;
import nl.veer.control.wave.MigrationRun;
import nl.veer.control.wave.OpenLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The dashboard of a process that runs roles. They do not depend on it: they go on without. */
final class DashboardBeside implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DashboardBeside.class);

  private final @Nullable String words;
  private final @Nullable Dashboard dashboard;
  private final @Nullable DatabaseView view;
  private final @Nullable RunStatus status;

  private DashboardBeside(
      @Nullable String words,
      @Nullable Dashboard dashboard,
      @Nullable DatabaseView view,
      @Nullable RunStatus status) {
    this.words = words;
    this.dashboard = dashboard;
    this.view = view;
    this.status = status;
  }

  /**
   * At the configured address.
   *
   * @param file the configuration's; null for no dashboard
   */
  static DashboardBeside start(
      VeerConfig config, @Nullable Path file, MigrationRun run, OpenLog log, RunWatch watched) {
    return file == null
        ? new DashboardBeside(null, null, null, null)
        : start(List.of(config), file, run, log, watched);
  }

  /** At the configured address; if its port is taken, at a free one of this machine. */
  static DashboardBeside startAnywhere(
      VeerConfig config, Path file, MigrationRun run, OpenLog log, RunWatch watched) {
    VeerConfig elsewhere = config.with(DashboardConfig.at(0));
    return start(List.of(config, elsewhere), file, run, log, watched);
  }

  /**
   * @param places where it may be, the first that is free
   */
  private static DashboardBeside start(
      List<VeerConfig> places, Path file, MigrationRun run, OpenLog log, RunWatch watched) {
    VeerConfig config = places.get(0);
    Clock clock = Clock.systemDefaultZone();
    RunStatus status = new RunStatus(config.migration(), run, watched.readings(), clock);
    DatabaseView view =
        new DatabaseView(
            config,
            file,
            Veer.Version.number(),
            status,
            () -> log,
            (leg, report) -> watched.gates().keep(leg, report, clock.instant()),
            clock);
    try {
      CommandDriver driver = new LiveDriver(config, () -> log);
      Dashboard dashboard = serve(places, view, driver, WatchPages.of(watched), clock);
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

  private static Dashboard serve(
      List<VeerConfig> places,
      DatabaseView view,
      CommandDriver driver,
      List<ProcessPage> pages,
      Clock clock) {
    VeerConfig first = places.get(0);
    try {
      return Dashboard.start(first, Veer.Version.number(), view, driver, pages, clock);
    } catch (Failure failure) {
      if (places.size() == 1 || !failure.code().equals("DASHBOARD_PORT")) {
        throw failure;
      }
      return serve(places.subList(1, places.size()), view, driver, pages, clock);
    }
  }

  private static DashboardBeside without(String why, DatabaseView view, RunStatus status) {
    return new DashboardBeside(
        "No dashboard is served: %s The roles run without it.".formatted(why), null, view, status);
  }

  /** Where it is, or why it is not; empty if none is wanted. */
  Optional<String> words() {
    return Optional.ofNullable(words);
  }

  /** Where it is; empty if it is not. */
  Optional<URI> uri() {
    return Optional.ofNullable(dashboard).map(Dashboard::uri);
  }

  /** Who is told, besides the log file, what was under way and has not ended with it. */
  void onLeft(Consumer<String> tell) {
    if (dashboard != null) {
      dashboard.onLeft(tell);
    }
  }

  /** Has what is under way given up; waits for nothing. */
  void giveUp() {
    if (dashboard != null) {
      dashboard.giveUp();
    }
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
