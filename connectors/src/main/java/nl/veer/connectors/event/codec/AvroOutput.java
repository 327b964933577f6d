package nl.veer.connectors.event.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes Avro's binary encoding into a growing array that is used again for the next record. Owned
 * by one thread.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#binary-encoding">Avro's binary
 *     encoding</a>
 */
final class AvroOutput {
  /** Larger than most records, so that the array seldom grows. */
  private static final int FIRST_CAPACITY = 4096;

  /**
   * A buffer that one huge value has blown up is let go at once; it is copied several times yet.
   */
  private static final int KEPT_CAPACITY = 1 << 20;

  /** Characters of a large text that are encoded at once. */
  private static final int SLICE = 8_192;

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int length;

  void reset() {
    length = 0;
  }

  /** What it has taken of the heap for them. */
  int capacity() {
    return bytes.length;
  }

  int length() {
    return length;
  }

  void copy(int from, int to, byte[] into, int at) {
    System.arraycopy(bytes, from, into, at, to - from);
  }

  /** A text as Avro writes it, with its length in front. */
  static byte[] stringBytes(String value) {
    AvroOutput out = new AvroOutput();
    out.writeString(value);
    return out.toBytes();
  }

  byte[] toBytes() {
    byte[] record = Arrays.copyOf(bytes, length);
    if (bytes.length > KEPT_CAPACITY) {
      bytes = new byte[FIRST_CAPACITY];
    }
    return record;
  }

  void writeByte(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
  }

  /** Four bytes, big-endian; not an Avro form, but that of the schema id in front of it. */
  void writeFixedInt(int value) {
    reserve(4);
    bytes[length++] = (byte) (value >>> 24);
    bytes[length++] = (byte) (value >>> 16);
    bytes[length++] = (byte) (value >>> 8);
    bytes[length++] = (byte) value;
  }

  /** Bytes that are Avro already. */
  void writeEncoded(byte[] encoded, int from, int to) {
    reserve(to - from);
    System.arraycopy(encoded, from, bytes, length, to - from);
    length += to - from;
  }

  /** A text with a number of at least 0 in it, in decimal. */
  void writeString(byte[] before, long number, byte[] after) {
    int digits = digits(number);
    writeLong(before.length + digits + (long) after.length);
    writeEncoded(before, 0, before.length);
    reserve(digits);
    long left = number;
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + left % 10);
      left /= 10;
    }
    length += digits;
    writeEncoded(after, 0, after.length);
  }

  private static int digits(long number) {
    int digits = 1;
    for (long left = number / 10; left > 0; left /= 10) {
      digits++;
    }
    return digits;
  }

  void writeLong(long value) {
    reserve(10);
    long zigzag = (value << 1) ^ (value >> 63);
    while ((zigzag & ~0x7FL) != 0) {
      bytes[length++] = (byte) (zigzag | 0x80);
      zigzag >>>= 7;
    }
    bytes[length++] = (byte) zigzag;
  }

  void writeFloat(float value) {
    reserve(4);
    writeLittleEndian(Float.floatToRawIntBits(value), 4);
  }

  void writeDouble(double value) {
    reserve(8);
    writeLittleEndian(Double.doubleToRawLongBits(value), 8);
  }

  void writeString(String value) {
    int characters = value.length();
    if (characters < 64 && writeShortAscii(value, characters)) {
      return;
    }
    if (characters > SLICE) {
      writeLargeString(value);
    } else {
      writeBytes(value.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** In slices: to encode all at once, Java takes two or three bytes for each character. */
  private void writeLargeString(String value) {
    int size = Math.toIntExact(encodedLength(value));
    writeLong(size);
    reserve(size);
    for (int from = 0, to; from < value.length(); from = to) {
      to = Math.min(value.length(), from + SLICE);
      if (to < value.length() && Character.isHighSurrogate(value.charAt(to - 1))) {
        to--;
      }
      byte[] slice = value.substring(from, to).getBytes(StandardCharsets.UTF_8);
      System.arraycopy(slice, 0, bytes, length, slice.length);
      length += slice.length;
    }
  }

  private static long encodedLength(String value) {
    long size = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < 0x80) {
        size++;
      } else if (c < 0x800) {
        size += 2;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        size += 4;
        i++;
      } else {
        // Half a character becomes a question mark, as everywhere in Java.
        size += Character.isSurrogate(c) ? 1 : 3;
      }
    }
    return size;
  }

  void writeBytes(byte[] value) {
    writeLong(value.length);
    reserve(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
  }

  void writeBytes(ByteBuffer value) {
    int size = value.remaining();
    writeLong(size);
    reserve(size);
    value.duplicate().get(bytes, length, size);
    length += size;
  }

  private boolean writeShortAscii(String value, int characters) {
    reserve(characters + 1);
    int start = length;
    bytes[length++] = (byte) (characters << 1);
    for (int i = 0; i < characters; i++) {
      char c = value.charAt(i);
      if (c >= 0x80) {
        length = start;
        return false;
      }
      bytes[length++] = (byte) c;
    }
    return true;
  }

  private void writeLittleEndian(long bits, int size) {
    for (int i = 0; i < size; i++) {
      bytes[length++] = (byte) (bits >>> (8 * i));
    }
  }

  private void reserve(int more) {
    int wanted = Math.addExact(length, more);
    if (wanted > bytes.length) {
      long grown = wanted > KEPT_CAPACITY ? wanted + wanted / 8L : bytes.length * 2L;
      int capacity = (int) Math.min(Integer.MAX_VALUE - 8L, grown);
      bytes = Arrays.copyOf(bytes, Math.max(wanted, capacity));
    }
  }
}
