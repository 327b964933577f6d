package nl.veer.verifier.ledger;

import nl.veer.verifier.digest.Digest128;

/** A row of one table: the digest of its key, or of the whole row. */
record RowKey(long high, long low) {

  Digest128 digest() {
    return new Digest128(high, low);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowKey key && low == key.low && high == key.high;
  }

  /** A digest's bits are mixed as well as any. */
  @Override
  public int hashCode() {
    return (int) low;
  }
}
