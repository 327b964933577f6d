package nl.veer.verifier.scan;

/**
 * How far a scan is.
 *
 * @param tables how many there are
 * @param tablesDone of those
 * @param rows of the source, compared so far
 * @param differing rows proven to differ so far
 */
public record ScanProgress(int tables, int tablesDone, long rows, long differing) {}
