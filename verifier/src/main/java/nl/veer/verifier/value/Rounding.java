package nl.veer.verifier.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/** Numbers rounded to a declared number of decimals. What is no finite number stays as it is. */
final class Rounding {
  private Rounding() {}

  static boolean write(String text, int decimals, CanonicalBytes out) {
    if (text.equals("NaN") || text.endsWith("Infinity")) {
      out.text(text);
      return false;
    }
    try {
      return write(new BigDecimal(text), decimals, out);
    } catch (NumberFormatException e) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "TOLERANCE",
          "A tolerance rounds a column whose values are no numbers. Take the tolerance away.");
    }
  }

  static boolean write(BigDecimal number, int decimals, CanonicalBytes out) {
    BigDecimal rounded = number.setScale(decimals, RoundingMode.HALF_EVEN);
    out.rounded(rounded.toPlainString());
    return rounded.compareTo(number) != 0;
  }
}
