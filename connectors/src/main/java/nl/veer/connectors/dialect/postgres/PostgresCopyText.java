package nl.veer.connectors.dialect.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/**
 * Writes COPY's text format: columns parted by tabs, rows by newlines, NULL as {@code \N}, and tab,
 * newline, carriage return and backslash escaped. Owned by one thread.
 */
final class PostgresCopyText {
  /** One message to the server; large enough that its overhead does not show. */
  private static final int CHUNK = 64 * 1024;

  /** A large value is written piece by piece, so that no second copy of it is needed. */
  private static final int SLICE = 8 * 1024;

  private final CopyIn copy;
  private byte[] buffer = new byte[CHUNK + 1024];
  private int length;

  PostgresCopyText(CopyIn copy) {
    this.copy = copy;
  }

  void value(@Nullable String text, boolean first) throws SQLException {
    if (!first) {
      put('\t');
    }
    if (text == null) {
      put('\\');
      put('N');
      return;
    }
    for (int from = 0, to; from < text.length(); from = to) {
      to = end(text, from);
      putSlice(text, from, to);
      if (length >= CHUNK) {
        flush();
      }
    }
  }

  /** A character of two halves is not parted. */
  private static int end(String text, int from) {
    int to = Math.min(text.length(), from + SLICE);
    return to < text.length() && Character.isHighSurrogate(text.charAt(to - 1)) ? to - 1 : to;
  }

  private void putSlice(String text, int from, int to) {
    reserve((to - from) * 2);
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        putEncoded(text.substring(i, to));
        return;
      }
      putEscaped((byte) c);
    }
  }

  void endRow() throws SQLException {
    put('\n');
    if (length >= CHUNK) {
      flush();
    }
  }

  void flush() throws SQLException {
    copy.writeToCopy(buffer, 0, length);
    length = 0;
  }

  private void putEncoded(String rest) {
    byte[] bytes = rest.getBytes(StandardCharsets.UTF_8);
    reserve(bytes.length * 2);
    for (byte b : bytes) {
      putEscaped(b);
    }
  }

  private void putEscaped(byte b) {
    switch (b) {
      case '\t' -> escape('t');
      case '\n' -> escape('n');
      case '\r' -> escape('r');
      case '\\' -> escape('\\');
      default -> buffer[length++] = b;
    }
  }

  private void escape(char letter) {
    buffer[length++] = '\\';
    buffer[length++] = (byte) letter;
  }

  private void put(char c) {
    reserve(1);
    buffer[length++] = (byte) c;
  }

  private void reserve(int more) {
    if (buffer.length - length < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, Math.addExact(length, more)));
    }
  }
}
