package nl.veer.control.word;

/**
 * What a wave's scans do.
 *
 * @param doing in words: {@code waiting}, {@code scanning shop.orders}, {@code paused: why}
 */
public record ScanSaid(String doing) implements Said {}
