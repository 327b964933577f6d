package nl.veer.control.wave;

import nl.veer.connectors.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What a wave's scans are doing.
 *
 * @param doing in words: {@code waiting}, {@code scanning shop.orders}, {@code paused: why}
 * @param rows of the source, compared since this process began
 * @param retries how often something was tried again after a failure, since then
 * @param failure what is tried again; null while there is nothing
 */
public record ScanStatus(String doing, long rows, long retries, @Nullable Failure failure) {}
