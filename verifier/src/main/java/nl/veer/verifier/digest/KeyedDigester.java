package nl.veer.verifier.digest;

/**
 * The keyed digest of bytes that is kept: the first 128 bits of BLAKE3 in keyed mode. Two different
 * inputs have the same digest with a probability of 2^-128, about 3e-39, for anyone who does not
 * know the key; among n rows that all differ, some two of them agree with about n^2 / 2^129 (a
 * trillion rows: 1.5e-15), but a difference is only missed if the two rows of one key agree, so
 * that n of them are missed with at most n / 2^128 (O'Connor, Aumasson, Neves, Wilcox-O'Hearn,
 * "BLAKE3: one function, fast everywhere", 2020, sections 4 and 5). Owned by one thread.
 */
public final class KeyedDigester {
  private final Blake3 hash;

  public KeyedDigester(DigestKey key) {
    hash = new Blake3(key.secret());
  }

  public Digest128 digest(byte[] bytes, int length) {
    hash.hash(bytes, length);
    return new Digest128(half(0), half(2));
  }

  /** The same into two places of an array, the higher half first. */
  public void digest(byte[] bytes, int length, long[] into, int index) {
    hash.hash(bytes, length);
    into[index] = half(0);
    into[index + 1] = half(2);
  }

  /** The digest is read as bytes, and these are a number with the greatest first. */
  private long half(int word) {
    long bytes = (hash.word(word) & 0xFFFF_FFFFL) | (long) hash.word(word + 1) << Integer.SIZE;
    return Long.reverseBytes(bytes);
  }
}
