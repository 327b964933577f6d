package nl.veer.control.dashboard.api;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import nl.veer.control.dashboard.feed.WaveMeasures;
import nl.veer.control.forecast.Forecast;
import org.jspecify.annotations.Nullable;

/**
 * When something will be, if all goes on as in the last minutes; never a promise. Times are ISO
 * 8601 in UTC.
 *
 * @param lagZeroAt when the lag will be gone; null if it is, or if nobody can say
 * @param earliest at a rate that one of ten was faster than
 * @param latest at a rate that one of ten was slower than; null if at that rate it never comes
 * @param slotLostAt when the source will give up the log's slot; null if that is not foreseen
 * @param words for people: why there is no time
 */
public record Outlook(
    @Nullable String lagZeroAt,
    @Nullable String earliest,
    @Nullable String latest,
    @Nullable String slotLostAt,
    @Nullable String words) {
  private static final Outlook SILENT =
      new Outlook(null, null, null, null, "Nothing was heard for a while.");

  /**
   * @param at when it was measured; null if it was not
   */
  static Outlook of(WaveMeasures measures, @Nullable Instant at, boolean silent) {
    if (silent || at == null) {
      return SILENT;
    }
    Forecast lag = measures.lagZero();
    Forecast.Expected zero = lag instanceof Forecast.Expected expected ? expected : null;
    Forecast slot = measures.slotLoss();
    return new Outlook(
        zero == null ? null : text(at, zero.in()),
        zero == null ? null : text(at, zero.soonest()),
        zero == null ? null : text(at, zero.latest()),
        slot instanceof Forecast.Expected loss ? text(at, loss.in()) : null,
        words(lag, slot));
  }

  private static @Nullable String text(Instant at, @Nullable Duration in) {
    return in == null ? null : at.plus(in).toString();
  }

  private static @Nullable String words(Forecast lag, Forecast slot) {
    List<String> words = new ArrayList<>();
    if (lag instanceof Forecast.Reached) {
      words.add("The wave has caught up.");
    } else if (lag instanceof Forecast.Never never) {
      words.add("No end of the lag is in sight: " + never.why() + ".");
    } else if (lag instanceof Forecast.Unknown unknown) {
      words.add("No end of the lag is known: " + unknown.why() + ".");
    }
    if (slot instanceof Forecast.Reached) {
      words.add("The source has given up the log's slot.");
    }
    return words.isEmpty() ? null : String.join(" ", words);
  }
}
