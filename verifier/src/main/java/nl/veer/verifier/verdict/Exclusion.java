package nl.veer.verifier.verdict;

/**
 * A column that was not compared, or not exactly.
 *
 * @param why in words
 * @param rows how many rows that touches
 */
public record Exclusion(String column, String why, long rows) {}
