package nl.veer.control.dashboard.feed;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was applied of a wave since a moment; without what its load copied.
 *
 * @param transactions null if that is not known
 * @param rows changes of rows; null if that is not known
 * @param since midnight's first reading, or the first one of this process
 */
public record Applied(@Nullable Long transactions, @Nullable Long rows, Instant since) {}
