package nl.veer.control.dashboard.view;

/**
 * In how many of a table's open differences a column differs.
 *
 * @param differing rows
 */
public record ColumnDifferences(String column, long differing) {}
