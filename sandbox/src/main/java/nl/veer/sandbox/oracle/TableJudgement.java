package nl.veer.sandbox.oracle;

/**
 * What the oracle saw of one table.
 *
 * @param table with its schema
 * @param leftRows rows of the left side
 * @param rightRows rows of the right side
 * @param difference where the sides part, without any value; empty when they are equal
 */
public record TableJudgement(String table, long leftRows, long rightRows, String difference) {
  public boolean equal() {
    return difference.isEmpty();
  }
}
