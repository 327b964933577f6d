package nl.veer.control.wave;

import nl.veer.connectors.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What a wave's scans are doing.
 *
 * @param doing in words: {@code waiting}, {@code scanning shop.orders}, {@code paused: why}
 * @param failure what is tried again; null while there is nothing
 */
public record ScanStatus(String doing, @Nullable Failure failure) {}
