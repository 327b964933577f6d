package nl.veer.verifier.digest;

import org.apache.commons.codec.digest.Blake3;

/**
 * The keyed digest of bytes: the first 128 bits of BLAKE3 in keyed mode. Two different inputs have
 * the same digest with a probability of 2^-128, about 3e-39, for anyone who does not know the key;
 * among n rows that all differ, some two of them agree with about n^2 / 2^129 (a trillion rows:
 * 1.5e-15), but a difference is only missed if the two rows of one key agree, so that n of them are
 * missed with at most n / 2^128 (O'Connor, Aumasson, Neves, Wilcox-O'Hearn, "BLAKE3: one function,
 * fast everywhere", 2020, sections 4 and 5). Owned by one thread.
 */
public final class KeyedDigester {
  private final Blake3 hash;
  private final byte[] out = new byte[2 * Long.BYTES];

  public KeyedDigester(DigestKey key) {
    hash = Blake3.initKeyedHash(key.secret());
  }

  public Digest128 digest(byte[] bytes, int length) {
    run(bytes, length);
    return new Digest128(number(0), number(Long.BYTES));
  }

  /** The same into two places of an array, the higher half first. */
  public void digest(byte[] bytes, int length, long[] into, int index) {
    run(bytes, length);
    into[index] = number(0);
    into[index + 1] = number(Long.BYTES);
  }

  private void run(byte[] bytes, int length) {
    hash.reset();
    hash.update(bytes, 0, length);
    hash.doFinalize(out);
  }

  private long number(int from) {
    long number = 0;
    for (int i = from; i < from + Long.BYTES; i++) {
      number = number << Byte.SIZE | (out[i] & 0xFF);
    }
    return number;
  }
}
