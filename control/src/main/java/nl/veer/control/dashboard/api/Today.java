package nl.veer.control.dashboard.api;

import nl.veer.control.dashboard.feed.Applied;
import org.jspecify.annotations.Nullable;

/**
 * What was applied of the wave; without what its load copied.
 *
 * @param transactions null if that is not known
 * @param rows changes of rows; null if that is not known, as after some were applied while nobody
 *     counted
 * @param since ISO 8601 in UTC: the server's midnight, to the first reading behind it, or when this
 *     process or the wave's leg began, if that is later
 */
public record Today(@Nullable Long transactions, @Nullable Long rows, String since) {
  static Today of(Applied applied, boolean silent) {
    return new Today(
        silent ? null : applied.transactions(),
        silent ? null : applied.rows(),
        applied.since().toString());
  }
}
