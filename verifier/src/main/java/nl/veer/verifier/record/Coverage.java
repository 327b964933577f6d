package nl.veer.verifier.record;

import java.time.Instant;
import nl.veer.verifier.verdict.RangeLooks;
import org.jspecify.annotations.Nullable;

/**
 * How much of a table was looked at since a moment. Pure.
 *
 * @param share from 0 to 1
 * @param oldest when the part was looked at that waits longest; null if one never was
 */
record Coverage(double share, @Nullable Instant oldest) {

  /**
   * Where no scan is, or was at that moment, in the middle of it.
   *
   * @param oldest null if no scan has looked at all of it
   */
  static Coverage whole(@Nullable Instant oldest, @Nullable Instant newest, Instant since) {
    return new Coverage(oldest == null || newest == null || oldest.isBefore(since) ? 0 : 1, oldest);
  }

  /**
   * @param ahead what a scan that is not over has looked at; null without one
   * @param whole what the last complete scan has looked at; null if there was none
   * @param loaded rows of the load, which stand for the rest where there was none
   */
  static Coverage of(
      @Nullable RangeLooks ahead, @Nullable RangeLooks whole, long loaded, Instant since) {
    RangeLooks front = ahead == null ? RangeLooks.NONE : ahead;
    RangeLooks all = whole == null ? front : front.over(whole);
    long rows = whole == null ? Math.max(loaded, all.rows()) : all.rows();
    double share = rows == 0 ? 0 : (double) all.rowsSince(since) / rows;
    return new Coverage(share, whole == null ? null : all.oldest().orElse(null));
  }
}
