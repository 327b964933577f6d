package nl.veer.control.dashboard.route;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.dashboard.api.Bodies;
import nl.veer.control.dashboard.api.LookedTables;
import nl.veer.control.dashboard.api.RangesBody;
import nl.veer.control.dashboard.api.ScansBody;
import nl.veer.control.dashboard.api.TableDetail;
import nl.veer.control.dashboard.api.TableOrder;
import nl.veer.control.dashboard.api.TablesAsked;
import nl.veer.control.dashboard.view.ColumnDifferences;
import nl.veer.control.dashboard.view.TableRanges;
import nl.veer.control.dashboard.view.VerdictStep;
import nl.veer.control.dashboard.work.Refused;
import nl.veer.control.dashboard.work.Refused.Why;

/**
 * What is answered of tables: the status says how each stands, the records what scans have seen of
 * it. The records are asked once per wave, however many tables it has, and where they do not answer
 * in time the tables are told without them.
 */
final class TableAnswers {
  private static final Duration FRESH = Duration.ofSeconds(5);

  /** Shorter than what an answer may take in all. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final Sources sources;

  TableAnswers(Sources sources) {
    this.sources = sources;
  }

  CompletionStage<?> tables(Asked asked) {
    String wave = StatusAnswers.existing(sources, asked.given(Routes.WAVE));
    TablesAsked wanted =
        new TablesAsked(
            asked.text("verdict"),
            asked.text("contains"),
            TableOrder.of(asked.given("order")),
            (int) asked.number("offset"),
            (int) asked.number(Routes.LIMIT));
    return looked(wave)
        .thenCombine(
            sources.statusInTime(),
            (looked, now) ->
                StatusAnswers.read(
                    now,
                    Bodies.tables(wave, wanted, looked, now, instant()),
                    () -> StatusAnswers.unheard(wave)));
  }

  /** The records are read only of a table that there is. */
  CompletionStage<?> table(Asked asked) {
    String wave = StatusAnswers.existing(sources, asked.given(Routes.WAVE));
    String table = asked.given(Routes.TABLE);
    int limit = (int) asked.number(Routes.LIMIT);
    return found(wave, table, LookedTables.unread(""))
        .thenCompose(
            any -> {
              CompletableFuture<Story> story = story(wave, table, limit);
              return looked(wave)
                  .thenCompose(looked -> found(wave, table, looked))
                  .thenCombine(story, (found, told) -> found.with(told.steps, told.columns));
            });
  }

  CompletionStage<?> ranges(Asked asked) {
    String wave = StatusAnswers.existing(sources, asked.given(Routes.WAVE));
    String table = asked.given(Routes.TABLE);
    return found(wave, table, LookedTables.unread(""))
        .thenCompose(
            any ->
                ask(
                    "ranges %s %s".formatted(wave, table),
                    RangesBody.class,
                    () ->
                        sources
                            .view()
                            .tables()
                            .ranges(wave, table)
                            .map(looked -> RangesBody.of(wave, table, looked))
                            .orElseGet(() -> RangesBody.of(wave, table, TableRanges.unseen()))));
  }

  CompletionStage<?> scans(Asked asked) {
    String wave = StatusAnswers.existing(sources, asked.given(Routes.WAVE));
    String table = asked.given(Routes.TABLE);
    int limit = (int) asked.number(Routes.LIMIT);
    return found(wave, table, LookedTables.unread(""))
        .thenCompose(
            any ->
                ask(
                    "scans %d %s %s".formatted(limit, wave, table),
                    ScansBody.class,
                    () ->
                        new ScansBody(
                            wave, table, sources.view().tables().scans(wave, table, limit))));
  }

  private CompletableFuture<TableDetail> found(String wave, String table, LookedTables looked) {
    return sources
        .statusInTime()
        .thenApply(
            now ->
                StatusAnswers.read(
                    now, Bodies.table(wave, table, looked, now, instant()), () -> unknown(wave)));
  }

  /** What scans have counted; nothing, and why, where the records do not say it in time. */
  private CompletableFuture<LookedTables> looked(String wave) {
    CompletableFuture<LookedTables> looked;
    try {
      looked =
          ask(
              "looked " + wave,
              LookedTables.class,
              () -> LookedTables.of(sources.view().tables().looked(wave)));
    } catch (Failure busy) {
      return CompletableFuture.completedFuture(unread(busy));
    }
    return looked
        .exceptionally(TableAnswers::unread)
        .completeOnTimeout(
            LookedTables.unread("The records do not answer in time."),
            PATIENCE.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** An unexpected one's words may quote what was worked on. */
  private static LookedTables unread(Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    return LookedTables.unread(
        cause instanceof Failure failure
            ? failure.code() + ": " + failure.getMessage()
            : "INTERNAL: the records could not be read.");
  }

  private record Story(List<VerdictStep> steps, List<ColumnDifferences> columns) {}

  private CompletableFuture<Story> story(String wave, String table, int limit) {
    return ask(
        "history %d %s %s".formatted(limit, wave, table),
        Story.class,
        () ->
            new Story(
                sources.view().history(wave, table, limit),
                sources.view().tables().columns(wave, table)));
  }

  private <T> CompletableFuture<T> ask(String question, Class<T> type, Supplier<T> reading) {
    return sources.answers().ask(question, type, FRESH, reading);
  }

  private static Refused unknown(String wave) {
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
