package nl.veer.control.dashboard.route;

import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import nl.veer.control.dashboard.api.ValuesBody;
import nl.veer.control.dashboard.api.ValuesRequest;
import nl.veer.control.dashboard.command.Caller;
import nl.veer.control.dashboard.view.ShownRow;
import nl.veer.control.dashboard.work.FewThreads;
import nl.veer.control.dashboard.work.Refused;
import nl.veer.control.dashboard.work.Refused.Why;
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
  private final FewThreads reader;

  ValueAnswers(Sources sources) {
    this.sources = sources;
    this.reader =
        new FewThreads(
            "dashboard values",
            1,
            WAITING,
            "More rows wait to be shown than can be read. Ask again in some seconds.");
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
        .thenCompose(kept -> reader.ask(() -> body(wave, Long.parseLong(id))));
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
