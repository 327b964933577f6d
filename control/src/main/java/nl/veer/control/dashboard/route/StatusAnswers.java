package nl.veer.control.dashboard.route;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.dashboard.api.Bodies;
import nl.veer.control.dashboard.api.GateBody;
import nl.veer.control.dashboard.feed.StatusNow;
import nl.veer.control.dashboard.route.Refused.Why;
import nl.veer.control.dashboard.view.VerdictStep;

/** What is answered from the status and the gates, which are read for all. */
final class StatusAnswers {
  private static final Duration HISTORY_FRESH = Duration.ofSeconds(5);

  private final Sources sources;

  StatusAnswers(Sources sources) {
    this.sources = sources;
  }

  CompletionStage<?> migration(Asked asked) {
    return now()
        .thenApply(now -> Bodies.migration(sources.migration(), sources.veer(), now, instant()));
  }

  CompletionStage<?> waves(Asked asked) {
    return now().thenApply(now -> Bodies.waves(now, instant()));
  }

  CompletionStage<?> wave(Asked asked) {
    String wave = existing(sources, asked.given(Routes.WAVE));
    return now()
        .thenApply(now -> read(now, Bodies.wave(wave, now, instant()), () -> unheard(wave)));
  }

  CompletionStage<?> tables(Asked asked) {
    String wave = existing(sources, asked.given(Routes.WAVE));
    return now()
        .thenApply(
            now ->
                read(
                    now,
                    Bodies.tables(
                        wave,
                        asked.text("verdict"),
                        asked.text("contains"),
                        (int) asked.number("offset"),
                        (int) asked.number(Routes.LIMIT),
                        now,
                        instant()),
                    () -> unheard(wave)));
  }

  /** The history is read only of a table that there is. */
  CompletionStage<?> table(Asked asked) {
    String wave = existing(sources, asked.given(Routes.WAVE));
    String table = asked.given(Routes.TABLE);
    int limit = (int) asked.number(Routes.LIMIT);
    return now()
        .thenCompose(
            now -> {
              read(
                  now,
                  Bodies.table(wave, table, List.of(), now, instant()),
                  () -> unknownTable(wave));
              return history(wave, table, limit)
                  .thenApply(
                      steps -> Bodies.table(wave, table, steps, now, instant()).orElseThrow());
            });
  }

  private CompletableFuture<List<VerdictStep>> history(String wave, String table, int limit) {
    return sources
        .answers()
        .ask(
            "history %d %s %s".formatted(limit, wave, table),
            Steps.class,
            HISTORY_FRESH,
            () -> new Steps(sources.view().history(wave, table, limit)))
        .thenApply(Steps::all);
  }

  private record Steps(List<VerdictStep> all) {}

  CompletionStage<?> gate(Asked asked) {
    return sources.gates().ask().thenApply(look -> GateBody.of(look, instant()));
  }

  private CompletableFuture<StatusNow> now() {
    return sources.statusInTime();
  }

  /** The same name, if it is a wave's. */
  static String existing(Sources sources, String wave) {
    if (!sources.waves().contains(wave)) {
      throw new Refused(
          Why.ABSENT,
          "WAVE_UNKNOWN",
          "There is no such wave; there are: " + String.join(", ", sources.waves()) + ".");
    }
    return wave;
  }

  /** Before the first reading it is not known what there is. */
  private static <T> T read(StatusNow now, Optional<T> found, Supplier<RuntimeException> absent) {
    if (now.status() == null) {
      String trouble = now.trouble();
      throw new Failure(
          FailureKind.TRANSIENT,
          "STATUS_UNREAD",
          "The status is not read yet" + (trouble == null ? "." : ": " + trouble));
    }
    return found.orElseThrow(absent);
  }

  private static Failure unheard(String wave) {
    return new Failure(
        FailureKind.TRANSIENT, "STATUS_UNREAD", "Nothing was heard of wave " + wave + " yet.");
  }

  private static Refused unknownTable(String wave) {
    return new Refused(
        Why.ABSENT,
        "TABLE_UNKNOWN",
        "Wave %s has no such table, or nothing is known of it yet; see %s/waves/%s/tables."
            .formatted(wave, Routes.API, wave));
  }

  private Instant instant() {
    return sources.clock().instant();
  }
}
