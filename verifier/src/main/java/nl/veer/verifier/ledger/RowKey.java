package nl.veer.verifier.ledger;

import nl.veer.verifier.digest.Digest128;

/** A row of one table: the digest of its key, or of the whole row. */
record RowKey(long high, long low) {

  Digest128 digest() {
    return new Digest128(high, low);
  }
}
