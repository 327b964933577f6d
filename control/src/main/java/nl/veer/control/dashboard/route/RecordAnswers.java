package nl.veer.control.dashboard.route;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import nl.veer.control.audit.AuditLine;
import nl.veer.control.dashboard.api.AuditPage;
import nl.veer.control.dashboard.api.Bodies;
import nl.veer.control.dashboard.api.CutoverBody;
import nl.veer.control.dashboard.api.DifferencePage;
import nl.veer.control.dashboard.view.RecordQuery;
import nl.veer.control.dashboard.view.WaveFindings;
import nl.veer.control.dashboard.work.Refused;
import nl.veer.control.dashboard.work.Refused.Why;
import org.jspecify.annotations.Nullable;

/** What is answered from the records, a question at a time, each read once for all who ask it. */
final class RecordAnswers {
  private static final Duration FRESH = Duration.ofSeconds(2);

  private final Sources sources;

  RecordAnswers(Sources sources) {
    this.sources = sources;
  }

  CompletionStage<?> differences(Asked asked) {
    RecordQuery query = query(asked);
    return sources
        .answers()
        .ask(
            "differences " + query,
            DifferencePage.class,
            FRESH,
            () -> new DifferencePage(sources.view().differences(query)));
  }

  CompletionStage<?> incidents(Asked asked) {
    RecordQuery query = query(asked);
    CompletableFuture<Found> found =
        sources
            .answers()
            .ask(
                "findings " + query,
                Found.class,
                FRESH,
                () -> new Found(sources.view().findings(query)));
    return found.thenCombine(
        sources.statusInTime(),
        (findings, now) -> Bodies.incidents(findings.waves, now, sources.clock().instant()));
  }

  private record Found(List<WaveFindings> waves) {}

  CompletionStage<?> cutover(Asked asked) {
    int limit = (int) asked.number(Routes.LIMIT);
    return sources
        .answers()
        .ask(
            "cutover " + limit,
            CutoverBody.class,
            FRESH,
            () -> new CutoverBody(sources.view().attempts(limit)));
  }

  CompletionStage<?> audit(Asked asked) {
    long before = asked.number("before");
    int limit = (int) asked.number(Routes.LIMIT);
    return sources
        .answers()
        .ask(
            "audit %d %d".formatted(before, limit),
            AuditPage.class,
            FRESH,
            () -> page(sources.view().audit(before, limit), limit));
  }

  private static AuditPage page(List<AuditLine> entries, int limit) {
    Long next = entries.size() < limit ? null : (Long) entries.get(entries.size() - 1).number();
    return new AuditPage(entries, next);
  }

  private RecordQuery query(Asked asked) {
    @Nullable String wave = asked.text(Routes.WAVE);
    long after = asked.number("after");
    if (wave != null) {
      StatusAnswers.existing(sources, wave);
    } else if (after > 0) {
      throw new Refused(
          Why.WRONG,
          "PARAMETER",
          "The parameter after needs wave: each wave's records have ids of their own.");
    }
    return new RecordQuery(
        wave,
        asked.text(Routes.TABLE),
        asked.text(Routes.KIND),
        asked.text(Routes.COLUMN),
        asked.flag("closed"),
        after,
        (int) asked.number(Routes.LIMIT));
  }
}
