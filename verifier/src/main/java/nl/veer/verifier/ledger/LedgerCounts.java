package nl.veer.verifier.ledger;

import java.util.Map;
import java.util.TreeMap;

/**
 * What the ledger has looked at since it began.
 *
 * @param echoTransactions of the target, read whole
 * @param transactions of the source, balanced
 * @param rows net changes found equal
 * @param incomparable values that one side's events did not carry; left to the scan
 * @param unbalanced net changes of the target that could not be weighed against the log (before the
 *     ledger's base, or beside a gap); left to the scan
 * @param loaded net changes that a load or repair explains
 * @param findings all that were found, also those beyond what is kept in detail
 * @param tolerated per declared tolerance the rows that it touched
 */
public record LedgerCounts(
    long echoTransactions,
    long transactions,
    long rows,
    long incomparable,
    long unbalanced,
    long loaded,
    long findings,
    Map<String, Long> tolerated) {
  public static final LedgerCounts NONE = new LedgerCounts(0, 0, 0, 0, 0, 0, 0, Map.of());

  public LedgerCounts {
    tolerated = Map.copyOf(tolerated);
  }

  LedgerCounts plus(LedgerCounts more) {
    Map<String, Long> sum = new TreeMap<>(tolerated);
    more.tolerated.forEach((tolerance, rows) -> sum.merge(tolerance, rows, Long::sum));
    return new LedgerCounts(
        echoTransactions + more.echoTransactions,
        transactions + more.transactions,
        rows + more.rows,
        incomparable + more.incomparable,
        unbalanced + more.unbalanced,
        loaded + more.loaded,
        findings + more.findings,
        sum);
  }
}
