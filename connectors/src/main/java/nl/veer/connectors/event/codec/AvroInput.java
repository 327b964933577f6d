package nl.veer.connectors.event.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads Avro's binary encoding from a record's bytes. Whatever does not fit ends in a {@link
 * Corrupt}, never in a wrong value. Owned by one thread.
 */
final class AvroInput {
  private static final char REPLACEMENT = '\uFFFD';

  private final byte[] bytes;
  private int at;

  /** The bytes are not what their schema says. */
  static final class Corrupt extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Corrupt(String what) {
      super(what);
    }
  }

  AvroInput(byte[] bytes, int at) {
    this.bytes = bytes;
    this.at = at;
  }

  boolean isAtEnd() {
    return at == bytes.length;
  }

  int readByte() {
    require(1);
    return bytes[at++];
  }

  long readLong() {
    long zigzag = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      require(1);
      byte next = bytes[at++];
      if (shift == 63 && (next & 0x7E) != 0) {
        throw new Corrupt("a number beyond 64 bits");
      }
      zigzag |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return (zigzag >>> 1) ^ -(zigzag & 1);
      }
    }
    throw new Corrupt("a number of more than ten bytes");
  }

  boolean readBoolean() {
    int value = readByte();
    if (value != 0 && value != 1) {
      throw new Corrupt("a boolean that is neither true nor false");
    }
    return value == 1;
  }

  int readInt() {
    long value = readLong();
    if (value != (int) value) {
      throw new Corrupt("a number beyond 32 bits");
    }
    return (int) value;
  }

  float readFloat() {
    return Float.intBitsToFloat((int) readLittleEndian(4));
  }

  double readDouble() {
    return Double.longBitsToDouble(readLittleEndian(8));
  }

  String readString() {
    int length = readLength();
    String value = new String(bytes, at, length, StandardCharsets.UTF_8);
    if (value.indexOf(REPLACEMENT) >= 0 && !isUtf8(at, length)) {
      throw new Corrupt("a text that is not UTF-8");
    }
    at += length;
    return value;
  }

  /** Java puts the replacement character where bytes are no UTF-8; a text may hold it by itself. */
  private boolean isUtf8(int from, int length) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, length));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  byte[] readBytes() {
    int length = readLength();
    byte[] value = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return value;
  }

  /** Reads a string or bytes only if they are not these; leaves them unread otherwise. */
  boolean skipIfEqual(byte[] expected) {
    int before = at;
    int length = readLength();
    if (length == expected.length
        && Arrays.equals(bytes, at, at + length, expected, 0, expected.length)) {
      at += length;
      return true;
    }
    at = before;
    return false;
  }

  void skipLengthPrefixed() {
    int length = readLength();
    at += length;
  }

  /** The number of elements that follow in an array's block. Each takes a byte at least. */
  long readCount() {
    long count = readLong();
    if (count < 0) {
      readLong();
      count = -count;
    }
    if (count < 0 || count > bytes.length - at) {
      throw new Corrupt("an array beyond the record's end");
    }
    return count;
  }

  void skip(int size) {
    require(size);
    at += size;
  }

  private int readLength() {
    long length = readLong();
    if (length < 0 || length > bytes.length - at) {
      throw new Corrupt("a length beyond the record's end");
    }
    return (int) length;
  }

  private long readLittleEndian(int size) {
    require(size);
    long bits = 0;
    for (int i = 0; i < size; i++) {
      bits |= (bytes[at++] & 0xFFL) << (8 * i);
    }
    return bits;
  }

  private void require(int size) {
    if (bytes.length - at < size) {
      throw new Corrupt("an end in the middle of a value");
    }
  }
}
