package nl.veer.verifier.digest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The keyed digest of bytes that are compared and forgotten: SipHash-2-4 with a result of 128 bits.
 * Nobody ever sees one of its digests, and its key is made for the occasion, so that two different
 * inputs have the same digest with a probability of 2^-128 whoever wrote them. A quarter of the
 * time that {@link KeyedDigester} takes; what is kept, or compared with what others reckoned, is
 * digested by that. Owned by one thread.
 *
 * @see <a href="https://www.aumasson.jp/siphash/siphash.pdf">Aumasson, Bernstein: SipHash, a fast
 *     short-input PRF, 2012</a>
 */
public final class PassingDigester {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** What makes its 128 bits another function than its 64 bits. */
  private static final int WIDE = 0xEE;

  private static final int WIDE_SECOND = 0xDD;
  private static final int ROUNDS_PER_WORD = 2;
  private static final int ROUNDS_AT_END = 4;

  private final long key0;
  private final long key1;
  private long v0;
  private long v1;
  private long v2;
  private long v3;

  /**
   * @param key of which the first half is taken
   */
  public PassingDigester(DigestKey key) {
    byte[] secret = key.secret();
    key0 = (long) LONG.get(secret, 0);
    key1 = (long) LONG.get(secret, Long.BYTES);
  }

  /** Into two places of an array, the half that is made first in front. */
  public void digest(byte[] bytes, int length, long[] into, int index) {
    absorb(bytes, length);
    v2 ^= WIDE;
    rounds(ROUNDS_AT_END);
    into[index] = v0 ^ v1 ^ v2 ^ v3;
    v1 ^= WIDE_SECOND;
    rounds(ROUNDS_AT_END);
    into[index + 1] = v0 ^ v1 ^ v2 ^ v3;
  }

  private void absorb(byte[] bytes, int length) {
    v0 = key0 ^ 0x736F_6D65_7073_6575L;
    v1 = key1 ^ 0x646F_7261_6E64_6F6DL ^ WIDE;
    v2 = key0 ^ 0x6C79_6765_6E65_7261L;
    v3 = key1 ^ 0x7465_6462_7974_6573L;
    int whole = length & -Long.BYTES;
    for (int at = 0; at < whole; at += Long.BYTES) {
      word((long) LONG.get(bytes, at));
    }
    long last = (long) length << (Long.SIZE - Byte.SIZE);
    for (int at = whole; at < length; at++) {
      last |= (bytes[at] & 0xFFL) << (Byte.SIZE * (at - whole));
    }
    word(last);
  }

  private void word(long word) {
    v3 ^= word;
    rounds(ROUNDS_PER_WORD);
    v0 ^= word;
  }

  private void rounds(int count) {
    long a = v0;
    long b = v1;
    long c = v2;
    long d = v3;
    for (int round = 0; round < count; round++) {
      a += b;
      c += d;
      b = Long.rotateLeft(b, 13) ^ a;
      d = Long.rotateLeft(d, 16) ^ c;
      a = Long.rotateLeft(a, 32) + d;
      c += b;
      b = Long.rotateLeft(b, 17) ^ c;
      d = Long.rotateLeft(d, 21) ^ a;
      c = Long.rotateLeft(c, 32);
    }
    v0 = a;
    v1 = b;
    v2 = c;
    v3 = d;
  }
}
