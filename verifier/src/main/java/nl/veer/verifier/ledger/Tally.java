package nl.veer.verifier.ledger;

import java.util.Map;

/** What is counted of one echo transaction. Owned by one thread. */
final class Tally {
  long transactions;
  long rows;
  long incomparable;
  long unbalanced;
  long loaded;
  boolean marked;

  LedgerCounts counts(long findings, Map<String, Long> tolerated) {
    return new LedgerCounts(
        1, transactions, rows, incomparable, unbalanced, loaded, findings, tolerated);
  }
}
