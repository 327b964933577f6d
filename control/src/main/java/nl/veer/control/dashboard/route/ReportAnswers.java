package nl.veer.control.dashboard.route;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import nl.veer.control.dashboard.api.ReportBody;
import nl.veer.control.dashboard.view.SignedFiles;

/** The certificate: it reads all records there are, so it is made once a minute at most. */
final class ReportAnswers {
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final Sources sources;

  ReportAnswers(Sources sources) {
    this.sources = sources;
  }

  CompletionStage<?> summary(Asked asked) {
    return report().thenApply(report -> ReportBody.of(report, Routes.API + "/report"));
  }

  CompletionStage<Download> json(Asked asked) {
    return report().thenApply(report -> new Download(name(report) + ".json", report.json()));
  }

  CompletionStage<Download> page(Asked asked) {
    return report().thenApply(report -> new Download(name(report) + ".html", report.page()));
  }

  /** A migration's name has no other characters. */
  private static String name(SignedFiles report) {
    return "veer-report-" + report.migration();
  }

  private CompletableFuture<SignedFiles> report() {
    return sources.answers().ask("report", SignedFiles.class, FRESH, sources.view()::report);
  }
}
