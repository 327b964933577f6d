package nl.veer.control.word;

import org.jspecify.annotations.Nullable;

/**
 * How far log and echo are balanced.
 *
 * @param balancedPosition of the source; null before the first
 * @param balancedTransaction its number in the log; null before the first
 * @param committedAt when the source committed it, ISO 8601 in UTC; null if that is not known
 * @param transactions weighed since the ledger began
 * @param rows net changes found equal since then
 * @param findings since then
 */
public record LedgerSaid(
    @Nullable String balancedPosition,
    @Nullable Long balancedTransaction,
    @Nullable String committedAt,
    long transactions,
    long rows,
    long findings)
    implements Said {

  @Override
  public String gist() {
    return Long.toString(findings);
  }
}
