package nl.veer.verifier.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/**
 * Values as bytes, one behind the other. Each is a tag, the length of what follows (four bytes,
 * greatest first) and the value: so no two different sequences of values have the same bytes. NULL
 * and absent are tags of their own. Integers are eight bytes whatever their declared size; NaN has
 * one form; -0 is not 0; times are seconds and microseconds with infinity apart. Reused: {@link
 * #clear} begins anew. Owned by one thread.
 */
public final class CanonicalBytes {
  /** Raised with every change of the form: digests of two versions must not be compared. */
  public static final int VERSION = 1;

  private static final byte NULL = 0;
  private static final byte ABSENT = 1;
  private static final byte BOOLEAN = 2;
  private static final byte INTEGER = 3;
  private static final byte FLOAT32 = 4;
  private static final byte FLOAT64 = 5;
  private static final byte TEXT = 6;
  private static final byte BYTES = 7;
  private static final byte DATE = 8;
  private static final byte TIME = 9;
  private static final byte TIMESTAMP = 10;
  private static final byte ZONED = 11;
  private static final byte ROUNDED = 12;

  private static final int HEAD = 1 + Integer.BYTES;
  private static final int FIRST_SIZE = 256;

  /** So many bytes of a text fit into two longs, with its tag and its length. */
  private static final int SHORT = 2 * Long.BYTES - 2;

  private static final int TAG_SHIFT = Long.SIZE - Byte.SIZE;
  private static final int LENGTH_SHIFT = TAG_SHIFT - Byte.SIZE;

  /** Each byte of a long. */
  private static final long BYTEWISE = 0x0101_0101_0101_0101L;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes = new byte[FIRST_SIZE];
  private int size;

  /** Of the value that was written last, if it is none of bytes: all that it is, in two longs. */
  private long first;

  private long second;
  private boolean inLongs;

  public void clear() {
    size = 0;
  }

  public int size() {
    return size;
  }

  /** The bytes, of which only the first {@link #size} count; changed by the next write. */
  public byte[] array() {
    return bytes;
  }

  public byte[] copy() {
    return Arrays.copyOf(bytes, size);
  }

  /**
   * Of a single value that has few bytes, puts all of it into two places of an array, with its tag
   * and its length, so that no two different values look alike there. Tells whether it did.
   */
  public boolean copyShort(long[] into, int index) {
    if (inLongs) {
      into[index] = first;
      into[index + 1] = second;
      return true;
    }
    int length = size - HEAD;
    if (length > SHORT) {
      return false;
    }
    long begin = (long) LONG.get(bytes, HEAD) & kept(length, Long.BYTES);
    long rest = (long) LONG.get(bytes, HEAD + Long.BYTES) & kept(length, 2 * Long.BYTES);
    into[index] = head(bytes[0]) | ((long) length << LENGTH_SHIFT) | (begin >>> (2 * Byte.SIZE));
    into[index + 1] = (begin << LENGTH_SHIFT) | (rest >>> (2 * Byte.SIZE));
    return true;
  }

  private static long head(byte tag) {
    return (long) tag << TAG_SHIFT;
  }

  /** Where a long ends with a value's bytes up to this one: those that the value has. */
  private static long kept(int length, int upTo) {
    int beyond = upTo - length;
    return beyond <= 0 ? -1L : beyond >= Long.BYTES ? 0 : -1L << (Byte.SIZE * beyond);
  }

  public void nothing() {
    head(NULL, 0);
    inLongs(NULL, 0, 0);
  }

  /** A value that an event does not carry. */
  public void absent() {
    head(ABSENT, 0);
    inLongs(ABSENT, 0, 0);
  }

  public void bool(boolean value) {
    head(BOOLEAN, 1);
    put((byte) (value ? 1 : 0));
    inLongs(BOOLEAN, 0, value ? 1 : 0);
  }

  public void integer(long value) {
    head(INTEGER, Long.BYTES);
    put(value);
    inLongs(INTEGER, 0, value);
  }

  public void float32(float value) {
    head(FLOAT32, Float.BYTES);
    put(Float.floatToIntBits(value));
    inLongs(FLOAT32, 0, Float.floatToIntBits(value));
  }

  public void float64(double value) {
    head(FLOAT64, Double.BYTES);
    put(Double.doubleToLongBits(value));
    inLongs(FLOAT64, 0, Double.doubleToLongBits(value));
  }

  /** A text, or the database's own text of a value. */
  public void text(String value) {
    text(TEXT, value);
  }

  public void bytes(byte[] value) {
    raw(BYTES, value);
  }

  /** A number that was rounded, in plain notation with its decimals. */
  void rounded(String plain) {
    text(ROUNDED, plain);
  }

  void date(Extent extent, long days) {
    head(DATE, 1 + Long.BYTES);
    long finite = extent == Extent.FINITE ? days : 0;
    put((byte) extent.ordinal());
    put(finite);
    inLongs(DATE, extent.ordinal(), finite);
  }

  void time(long micros) {
    head(TIME, Long.BYTES);
    put(micros);
    inLongs(TIME, 0, micros);
  }

  void timestamp(Extent extent, long seconds, int micros) {
    instant(TIMESTAMP, extent, seconds, micros);
  }

  void zoned(Extent extent, long seconds, int micros) {
    instant(ZONED, extent, seconds, micros);
  }

  private void instant(byte tag, Extent extent, long seconds, int micros) {
    head(tag, 1 + Long.BYTES + Integer.BYTES);
    long finite = extent == Extent.FINITE ? seconds : 0;
    int fraction = extent == Extent.FINITE ? micros : 0;
    put((byte) extent.ordinal());
    put(finite);
    put(fraction);
    inLongs(tag, ((long) extent.ordinal() << Integer.SIZE) | (fraction & 0xFFFF_FFFFL), finite);
  }

  private void text(byte tag, String value) {
    byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
    if (hasQuestionMark(encoded)) {
      requireWhole(value, encoded);
    }
    raw(tag, encoded);
  }

  private void raw(byte tag, byte[] value) {
    head(tag, value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    inLongs = false;
  }

  /** UTF-8 has no half of a surrogate pair: Java writes any of them as a question mark. */
  private static void requireWhole(String value, byte[] encoded) {
    if (!new String(encoded, StandardCharsets.UTF_8).equals(value)) {
      throw unreadable("a text with half of a surrogate pair");
    }
  }

  /** Eight bytes at a time: Warren, Hacker's Delight, 2012, 6-1. */
  private static boolean hasQuestionMark(byte[] text) {
    int whole = text.length & -Long.BYTES;
    for (int at = 0; at < whole; at += Long.BYTES) {
      long zeroed = (long) LONG.get(text, at) ^ ('?' * BYTEWISE);
      if (((zeroed - BYTEWISE) & ~zeroed & (BYTEWISE << (Byte.SIZE - 1))) != 0) {
        return true;
      }
    }
    for (int at = whole; at < text.length; at++) {
      if (text[at] == '?') {
        return true;
      }
    }
    return false;
  }

  /**
   * @param more of at most 56 bits
   */
  private void inLongs(byte tag, long more, long value) {
    first = head(tag) | more;
    second = value;
    inLongs = true;
  }

  private void head(byte tag, int length) {
    room(HEAD);
    bytes[size] = tag;
    INT.set(bytes, size + 1, length);
    size += HEAD;
  }

  private void put(byte value) {
    room(1);
    bytes[size++] = value;
  }

  private void put(int value) {
    room(Integer.BYTES);
    INT.set(bytes, size, value);
    size += Integer.BYTES;
  }

  private void put(long value) {
    room(Long.BYTES);
    LONG.set(bytes, size, value);
    size += Long.BYTES;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length * 2));
    }
  }

  static Failure unreadable(String what) {
    return new Failure(
        FailureKind.SOURCE_DATA,
        "VALUE_FORM",
        "The verifier has met "
            + what
            + ", which no value of its kind looks like. Nothing is compared as equal that was not"
            + " understood. Report this.");
  }
}
