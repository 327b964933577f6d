package nl.veer.control.dashboard.route;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import nl.veer.control.dashboard.api.HistoryBody;
import nl.veer.control.dashboard.feed.History;

/** What is answered from the history, which is in this process's memory: nobody is asked. */
final class HistoryAnswers {
  static final Parameter MINUTES =
      Parameter.number(
          "minutes", "So many minutes up to now.", History.KEPT.toMinutes(), 1, 24 * 60);
  static final Parameter POINTS =
      Parameter.number(
          "points",
          "At most so many points; each is the largest value of its time.",
          600,
          1,
          2_000);

  private final Sources sources;

  HistoryAnswers(Sources sources) {
    this.sources = sources;
  }

  CompletionStage<?> history(Asked asked) {
    String given = asked.text(Routes.WAVE);
    String wave = StatusAnswers.existing(sources, given == null ? sources.waves().get(0) : given);
    History.Part part =
        sources
            .status()
            .history()
            .last(
                wave,
                Duration.ofMinutes(asked.number(MINUTES.name())),
                (int) asked.number(POINTS.name()),
                sources.clock().instant());
    return CompletableFuture.completedFuture(HistoryBody.of(wave, part));
  }
}
