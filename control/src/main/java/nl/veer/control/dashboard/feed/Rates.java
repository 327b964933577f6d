package nl.veer.control.dashboard.feed;

import org.jspecify.annotations.Nullable;

/**
 * How fast a role is, between two of its own counts. Null is not known.
 *
 * @param rows changes of rows
 */
public record Rates(@Nullable Double transactionsPerSecond, @Nullable Double rowsPerSecond) {
  public static final Rates UNKNOWN = new Rates(null, null);
}
