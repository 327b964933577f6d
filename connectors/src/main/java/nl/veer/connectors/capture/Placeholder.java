package nl.veer.connectors.capture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Stands in a row for a TOASTed value that the source's log does not hold. Random for each run of
 * the engine, 128 bits, so that no real value can equal it. Immutable.
 */
final class Placeholder {
  private static final int RANDOM_BYTES = 16;

  private final String text;
  private final byte[] bytes;

  Placeholder(String text) {
    this.text = text;
    this.bytes = text.getBytes(StandardCharsets.US_ASCII);
  }

  static Placeholder random() {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    return new Placeholder("veer-absent-" + HexFormat.of().formatHex(random));
  }

  String text() {
    return text;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  boolean occursIn(Struct row) {
    List<Field> fields = row.schema().fields();
    for (int i = 0; i < fields.size(); i++) {
      if (is(row.get(fields.get(i)))) {
        return true;
      }
    }
    return false;
  }

  private boolean is(@Nullable Object value) {
    if (value instanceof String string) {
      return string.length() == text.length() && string.equals(text);
    }
    if (value instanceof byte[] array) {
      return Arrays.equals(array, bytes);
    }
    return value instanceof ByteBuffer buffer && buffer.equals(ByteBuffer.wrap(bytes));
  }
}
