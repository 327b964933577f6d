package nl.veer.control.cli;

import java.util.List;
import java.util.function.Supplier;
import nl.veer.control.dashboard.view.ProcessPage;
import nl.veer.control.dashboard.view.ProcessPage.Said;
import nl.veer.control.health.HealthReport;
import nl.veer.control.metrics.VeerMetrics;
import nl.veer.control.watch.RunWatch;

/** Metrics and health of the roles in this process, as pages. */
final class WatchPages {
  private static final int OK = 200;

  private WatchPages() {}

  static List<ProcessPage> of(RunWatch watched) {
    return of(watched.metrics()::scrape, watched.health()::live, watched.health()::ready);
  }

  static List<ProcessPage> of(
      Supplier<String> metrics, Supplier<HealthReport> live, Supplier<HealthReport> ready) {
    return List.of(
        new ProcessPage(
            "/metrics", VeerMetrics.CONTENT_TYPE, false, () -> new Said(OK, metrics.get(), null)),
        health("/health/live", live),
        health("/health/ready", ready));
  }

  /** Who starts processes anew need not be told why. */
  private static ProcessPage health(String path, Supplier<HealthReport> question) {
    return new ProcessPage(
        path,
        "application/json",
        true,
        () -> {
          HealthReport report = question.get();
          return new Said(report.httpStatus(), report.json(), report.brief());
        });
  }
}
