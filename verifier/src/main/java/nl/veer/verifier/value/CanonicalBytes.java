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

  /** So many bytes of a value fit into two longs, with its tag and its length. */
  private static final int SHORT = 2 * Long.BYTES - 2;

  private static final int SHORT_IN_FIRST = Long.BYTES - 2;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes = new byte[FIRST_SIZE];
  private int size;

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
   * Of a single value that has few bytes, puts all of it into two places of an array: tag, length
   * and bytes, so that no two different values look alike there. Tells whether it did.
   */
  public boolean copyShort(long[] into, int index) {
    int length = size - HEAD;
    if (length > SHORT) {
      return false;
    }
    long tag = (long) bytes[0] << (Long.SIZE - Byte.SIZE);
    long first = (long) LONG.get(bytes, HEAD - 2) & (-1L >>> Byte.SIZE);
    into[index] = tag | (first & kept(length, SHORT_IN_FIRST));
    into[index + 1] = (long) LONG.get(bytes, HEAD + SHORT_IN_FIRST) & kept(length, SHORT);
    return true;
  }

  /** Where a long ends with a value's bytes up to this one: those that the value has. */
  private static long kept(int length, int upTo) {
    int beyond = upTo - length;
    return beyond <= 0 ? -1L : beyond >= Long.BYTES ? 0 : -1L << Byte.SIZE * beyond;
  }

  public void nothing() {
    head(NULL, 0);
  }

  /** A value that an event does not carry. */
  public void absent() {
    head(ABSENT, 0);
  }

  public void bool(boolean value) {
    head(BOOLEAN, 1);
    put((byte) (value ? 1 : 0));
  }

  public void integer(long value) {
    head(INTEGER, Long.BYTES);
    put(value);
  }

  public void float32(float value) {
    head(FLOAT32, Float.BYTES);
    put(Float.floatToIntBits(value));
  }

  public void float64(double value) {
    head(FLOAT64, Double.BYTES);
    put(Double.doubleToLongBits(value));
  }

  /** A text, or the database's own text of a value. */
  public void text(String value) {
    text(TEXT, value);
  }

  public void bytes(byte[] value) {
    head(BYTES, value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  /** A number that was rounded, in plain notation with its decimals. */
  void rounded(String plain) {
    text(ROUNDED, plain);
  }

  void date(Extent extent, long days) {
    head(DATE, 1 + Long.BYTES);
    put((byte) extent.ordinal());
    put(extent == Extent.FINITE ? days : 0);
  }

  void time(long micros) {
    head(TIME, Long.BYTES);
    put(micros);
  }

  void timestamp(Extent extent, long seconds, int micros) {
    instant(TIMESTAMP, extent, seconds, micros);
  }

  void zoned(Extent extent, long seconds, int micros) {
    instant(ZONED, extent, seconds, micros);
  }

  private void instant(byte tag, Extent extent, long seconds, int micros) {
    head(tag, 1 + Long.BYTES + Integer.BYTES);
    put((byte) extent.ordinal());
    put(extent == Extent.FINITE ? seconds : 0);
    put(extent == Extent.FINITE ? micros : 0);
  }

  private void text(byte tag, String value) {
    byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
    requireWhole(value, encoded);
    head(tag, encoded.length);
    room(encoded.length);
    System.arraycopy(encoded, 0, bytes, size, encoded.length);
    size += encoded.length;
  }

  /** UTF-8 has no half of a surrogate pair: Java writes any of them as a question mark. */
  private static void requireWhole(String value, byte[] encoded) {
    if (!new String(encoded, StandardCharsets.UTF_8).equals(value)) {
      throw unreadable("a text with half of a surrogate pair");
    }
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
