package nl.veer.verifier.verdict;

import java.math.BigInteger;
import java.util.Locale;

/**
 * A multiset of rows: how many, and the sum of their 128-bit digests modulo 2^128. Sums add, so
 * that those of parts make that of the whole; equal changes in an even number of rows do not cancel
 * each other as they would under XOR.
 *
 * @param sum between 0 and 2^128 - 1
 */
public record RowSum(long rows, BigInteger sum) {
  private static final int LANE_BITS = 64;
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(2 * LANE_BITS);

  // Behind what its constructor needs.
  public static final RowSum NONE = new RowSum(0, BigInteger.ZERO);

  public RowSum {
    sum = sum.mod(MODULUS);
    if (rows < 0) {
      throw new IllegalArgumentException("No table has " + rows + " rows");
    }
  }

  /**
   * From the sums of the digests' two halves.
   *
   * @param high sum of the signed upper 64 bits of all digests, exact
   * @param low the same of the lower ones
   */
  public static RowSum ofLanes(long rows, BigInteger high, BigInteger low) {
    return new RowSum(rows, high.shiftLeft(LANE_BITS).add(low));
  }

  public RowSum plus(RowSum other) {
    return new RowSum(rows + other.rows, sum.add(other.sum));
  }

  /** For people: the sum as 32 hexadecimal digits. */
  public String text() {
    return String.format(Locale.ROOT, "%032x", sum);
  }
}
