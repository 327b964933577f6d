package nl.veer.control.cli;

import java.nio.file.Path;
import java.util.Optional;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.demo.DemoWindow;
import nl.veer.control.watch.RunWatch;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.MigrationRun;
import nl.veer.control.wave.OpenLog;

/** The dashboard of a demo, with metrics and health, as {@code veer run} has it. */
final class DemoDashboard implements DemoWindow.Open {
  private final RunWatch watched;
  private final DashboardBeside dashboard;

  private DemoDashboard(RunWatch watched, DashboardBeside dashboard) {
    this.watched = watched;
    this.dashboard = dashboard;
  }

  /** At its usual address; a demo does not fail for a port that is taken. */
  static DemoWindow.Open open(
      VeerConfig config, Path file, Migration migration, OpenLog log, MigrationRun run) {
    RunWatch watched = RunWatch.start(config, migration, run);
    return new DemoDashboard(
        watched,
        RolesInFront.orEnd(
            watched::close, () -> DashboardBeside.startAnywhere(config, file, run, log, watched)));
  }

  @Override
  public Optional<String> words() {
    return dashboard.uri().map(uri -> "Look in: " + uri).or(dashboard::words);
  }

  @Override
  public void close() {
    dashboard.close();
    watched.close();
  }
}
