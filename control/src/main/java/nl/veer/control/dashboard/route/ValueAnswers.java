package nl.veer.control.dashboard.route;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.dashboard.api.ValuesBody;
import nl.veer.control.dashboard.api.ValuesRequest;
import nl.veer.control.dashboard.command.Caller;
import nl.veer.control.dashboard.route.Refused.Why;
import nl.veer.control.dashboard.view.ShownRow;
import org.jspecify.annotations.Nullable;

/**
 * Shows rows' values: each time to one who asked, after the audit log has it, and none is kept. One
 * row is read at a time.
 */
final class ValueAnswers {
  private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

  /** Who would wait behind more is asked to come again. */
  private static final int WAITING = 8;

  private final Sources sources;
  private final ExecutorService reader;

  ValueAnswers(Sources sources) {
    this.sources = sources;
    ThreadPoolExecutor one =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            work -> {
              Thread thread = new Thread(work, "dashboard values");
              thread.setDaemon(true);
              return thread;
            });
    one.allowCoreThreadTimeOut(true);
    this.reader = one;
  }

  CompletionStage<ValuesBody> show(Asked asked, Caller caller, ValuesRequest request) {
    String wave = StatusAnswers.existing(sources, asked.given(Routes.WAVE));
    String id = asked.given(Routes.ID);
    if (!ID.matcher(id).matches()) {
      throw new Refused(Why.WRONG, "PARAMETER", "The parameter id is a whole number.");
    }
    // A browser's field has lines; the audit log's entries have one.
    String reason = CommandAnswers.reason(request.reason().replaceAll("\\R", " "));
    if (reason == null) {
      throw new Refused(
          Why.WRONG, "REASON", "Values are shown for a reason, which the audit log keeps.");
    }
    return sources
        .commands()
        .shows(caller, wave, what(id), reason)
        .thenCompose(kept -> read(wave, Long.parseLong(id)));
  }

  /** Somebody may not see them, or has not said why. */
  void refused(Asked asked, Caller caller, @Nullable ValuesRequest request, String code) {
    String wave = asked.given(Routes.WAVE);
    String id = asked.given(Routes.ID);
    sources
        .commands()
        .refused(
            caller,
            sources.waves().contains(wave) ? wave : "",
            ID.matcher(id).matches() ? what(id) : "values of a difference",
            code);
  }

  private static String what(String id) {
    return "values of difference " + Long.parseLong(id);
  }

  private CompletableFuture<ValuesBody> read(String wave, long id) {
    try {
      return CompletableFuture.supplyAsync(() -> body(wave, id), reader);
    } catch (RejectedExecutionException e) {
      throw new Failure(
          FailureKind.TRANSIENT,
          "DASHBOARD_BUSY",
          "More rows wait to be shown than can be read. Ask again in some seconds.",
          e);
    }
  }

  private ValuesBody body(String wave, long id) {
    ShownRow row =
        sources
            .view()
            .values(wave, id)
            .orElseThrow(
                () ->
                    new Refused(
                        Why.ABSENT, "DIFFERENCE_UNKNOWN", "There is no such difference any more."));
    return ValuesBody.of(wave, id, row, sources.clock().instant());
  }
}
