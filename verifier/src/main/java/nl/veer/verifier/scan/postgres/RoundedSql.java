package nl.veer.verifier.scan.postgres;

import java.math.BigDecimal;

/**
 * SQL that rounds a number half to even, as the ledger does. PostgreSQL's {@code round} of a
 * numeric goes away from zero where it is in the middle, so the even neighbour is taken there.
 * Floats are rounded as the decimal that they are written as; all of it is exact. NaN and the
 * infinities stay.
 */
final class RoundedSql {
  private RoundedSql() {}

  static String of(String column, int decimals) {
    String number = column + "::text::numeric";
    String down = "pg_catalog.trunc(%s, %d)".formatted(number, decimals);
    String unit = BigDecimal.ONE.movePointLeft(decimals).toPlainString();
    String units = BigDecimal.ONE.movePointRight(decimals).toPlainString();
    return ("(CASE WHEN pg_catalog.abs(%s - %s) * 2 = %s::numeric"
            + " AND pg_catalog.mod(%s * %s::numeric, 2) = 0 THEN %s"
            + " ELSE pg_catalog.round(%s, %d) END)")
        .formatted(number, down, unit, down, units, down, number, decimals);
  }
}
