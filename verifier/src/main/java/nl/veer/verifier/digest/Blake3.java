package nl.veer.verifier.digest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * BLAKE3 in keyed mode, its first 128 bits. Input is cut into chunks of 1,024 bytes, these into
 * blocks of 64; each chunk is a chain of compressions, and the chunks' results are the leaves of a
 * binary tree whose left sides are full. Most rows are a block or two, so nothing is made per call.
 * Owned by one thread.
 *
 * @see <a href="https://github.com/BLAKE3-team/BLAKE3-specs/blob/master/blake3.pdf">BLAKE3: one
 *     function, fast everywhere, section 2</a>
 */
final class Blake3 {
  static final int KEY_BYTES = 32;

  private static final int BLOCK = 64;
  private static final int CHUNK = 1024;
  private static final int WORDS = 8;

  /** As many chunks as an array can hold have no deeper tree. */
  private static final int MOST_LEVELS = 22;

  private static final int CHUNK_START = 1;
  private static final int CHUNK_END = 1 << 1;
  private static final int PARENT = 1 << 2;
  private static final int ROOT = 1 << 3;
  private static final int KEYED = 1 << 4;

  private static final int IV0 = 0x6A09E667;
  private static final int IV1 = 0xBB67AE85;
  private static final int IV2 = 0x3C6EF372;
  private static final int IV3 = 0xA54FF53A;

  private static final int ROUNDS = 7;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final int[] key = new int[WORDS];
  private final int[] chain = new int[WORDS];
  private final int[] block = new int[2 * WORDS];
  private final byte[] last = new byte[BLOCK];
  private final int[][] left = new int[MOST_LEVELS][WORDS];
  private int depth;

  /**
   * @param secret 32 bytes
   */
  Blake3(byte[] secret) {
    for (int i = 0; i < WORDS; i++) {
      key[i] = (int) INT.get(secret, i * Integer.BYTES);
    }
  }

  /** Hashes; the result is what {@link #word} tells until the next call. */
  void hash(byte[] input, int length) {
    depth = 0;
    long chunk = 0;
    int from = 0;
    for (; length - from > CHUNK; from += CHUNK) {
      chunk(input, from, CHUNK, chunk, 0);
      chunk++;
      merge(chunk);
    }
    chunk(input, from, length - from, chunk, depth == 0 ? ROOT : 0);
    while (depth > 0) {
      parent(depth == 1 ? ROOT : 0);
    }
  }

  /** One of the result's first eight words of 32 bits. */
  int word(int index) {
    return chain[index];
  }

  /** What has become a full left side waits until its right side is there. */
  private void merge(long chunks) {
    for (long full = chunks; (full & 1) == 0; full >>= 1) {
      parent(0);
    }
    System.arraycopy(chain, 0, left[depth++], 0, WORDS);
  }

  private void parent(int flags) {
    depth--;
    System.arraycopy(left[depth], 0, block, 0, WORDS);
    System.arraycopy(chain, 0, block, WORDS, WORDS);
    System.arraycopy(key, 0, chain, 0, WORDS);
    compress(0, BLOCK, KEYED | PARENT | flags);
  }

  private void chunk(byte[] input, int from, int length, long number, int rootFlag) {
    System.arraycopy(key, 0, chain, 0, WORDS);
    int flags = KEYED | CHUNK_START;
    int at = from;
    int left = length;
    for (; left > BLOCK; at += BLOCK, left -= BLOCK) {
      load(input, at);
      compress(number, BLOCK, flags);
      flags = KEYED;
    }
    if (left == BLOCK) {
      load(input, at);
    } else {
      System.arraycopy(input, at, last, 0, left);
      Arrays.fill(last, left, BLOCK, (byte) 0);
      load(last, 0);
    }
    compress(number, left, flags | CHUNK_END | rootFlag);
  }

  private void load(byte[] from, int at) {
    for (int i = 0; i < 2 * WORDS; i++) {
      block[i] = (int) INT.get(from, at + i * Integer.BYTES);
    }
  }

  /**
   * Seven rounds of eight mixings each, the block's words in another order each time. State and
   * block are single variables, which the compiler keeps out of memory: that is half of the time.
   */
  private void compress(long counter, int length, int flags) {
    int s0 = chain[0];
    int s1 = chain[1];
    int s2 = chain[2];
    int s3 = chain[3];
    int s4 = chain[4];
    int s5 = chain[5];
    int s6 = chain[6];
    int s7 = chain[7];
    int s8 = IV0;
    int s9 = IV1;
    int s10 = IV2;
    int s11 = IV3;
    int s12 = (int) counter;
    int s13 = (int) (counter >>> Integer.SIZE);
    int s14 = length;
    int s15 = flags;
    int b0 = block[0];
    int b1 = block[1];
    int b2 = block[2];
    int b3 = block[3];
    int b4 = block[4];
    int b5 = block[5];
    int b6 = block[6];
    int b7 = block[7];
    int b8 = block[8];
    int b9 = block[9];
    int b10 = block[10];
    int b11 = block[11];
    int b12 = block[12];
    int b13 = block[13];
    int b14 = block[14];
    int b15 = block[15];
    for (int round = 0; round < ROUNDS; round++) {
      s0 += s4 + b0;
      s12 = Integer.rotateRight(s12 ^ s0, 16);
      s8 += s12;
      s4 = Integer.rotateRight(s4 ^ s8, 12);
      s0 += s4 + b1;
      s12 = Integer.rotateRight(s12 ^ s0, 8);
      s8 += s12;
      s4 = Integer.rotateRight(s4 ^ s8, 7);
      s1 += s5 + b2;
      s13 = Integer.rotateRight(s13 ^ s1, 16);
      s9 += s13;
      s5 = Integer.rotateRight(s5 ^ s9, 12);
      s1 += s5 + b3;
      s13 = Integer.rotateRight(s13 ^ s1, 8);
      s9 += s13;
      s5 = Integer.rotateRight(s5 ^ s9, 7);
      s2 += s6 + b4;
      s14 = Integer.rotateRight(s14 ^ s2, 16);
      s10 += s14;
      s6 = Integer.rotateRight(s6 ^ s10, 12);
      s2 += s6 + b5;
      s14 = Integer.rotateRight(s14 ^ s2, 8);
      s10 += s14;
      s6 = Integer.rotateRight(s6 ^ s10, 7);
      s3 += s7 + b6;
      s15 = Integer.rotateRight(s15 ^ s3, 16);
      s11 += s15;
      s7 = Integer.rotateRight(s7 ^ s11, 12);
      s3 += s7 + b7;
      s15 = Integer.rotateRight(s15 ^ s3, 8);
      s11 += s15;
      s7 = Integer.rotateRight(s7 ^ s11, 7);
      s0 += s5 + b8;
      s15 = Integer.rotateRight(s15 ^ s0, 16);
      s10 += s15;
      s5 = Integer.rotateRight(s5 ^ s10, 12);
      s0 += s5 + b9;
      s15 = Integer.rotateRight(s15 ^ s0, 8);
      s10 += s15;
      s5 = Integer.rotateRight(s5 ^ s10, 7);
      s1 += s6 + b10;
      s12 = Integer.rotateRight(s12 ^ s1, 16);
      s11 += s12;
      s6 = Integer.rotateRight(s6 ^ s11, 12);
      s1 += s6 + b11;
      s12 = Integer.rotateRight(s12 ^ s1, 8);
      s11 += s12;
      s6 = Integer.rotateRight(s6 ^ s11, 7);
      s2 += s7 + b12;
      s13 = Integer.rotateRight(s13 ^ s2, 16);
      s8 += s13;
      s7 = Integer.rotateRight(s7 ^ s8, 12);
      s2 += s7 + b13;
      s13 = Integer.rotateRight(s13 ^ s2, 8);
      s8 += s13;
      s7 = Integer.rotateRight(s7 ^ s8, 7);
      s3 += s4 + b14;
      s14 = Integer.rotateRight(s14 ^ s3, 16);
      s9 += s14;
      s4 = Integer.rotateRight(s4 ^ s9, 12);
      s3 += s4 + b15;
      s14 = Integer.rotateRight(s14 ^ s3, 8);
      s9 += s14;
      s4 = Integer.rotateRight(s4 ^ s9, 7);

      int w0 = b0;
      b0 = b2;
      b2 = b3;
      b3 = b10;
      b10 = b12;
      b12 = b9;
      b9 = b11;
      b11 = b5;
      b5 = w0;
      int w1 = b1;
      b1 = b6;
      b6 = b4;
      b4 = b7;
      b7 = b13;
      b13 = b14;
      b14 = b15;
      b15 = b8;
      b8 = w1;
    }
    chain[0] = s0 ^ s8;
    chain[1] = s1 ^ s9;
    chain[2] = s2 ^ s10;
    chain[3] = s3 ^ s11;
    chain[4] = s4 ^ s12;
    chain[5] = s5 ^ s13;
    chain[6] = s6 ^ s14;
    chain[7] = s7 ^ s15;
  }
}
