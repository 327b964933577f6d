package nl.veer.connectors.event.codec;

import java.util.Locale;
import nl.veer.connectors.event.LogId;

/**
 * Names of tables and columns as Avro names. Avro allows {@code [A-Za-z_][A-Za-z0-9_]*}; every
 * other character, a leading digit, and an underscore that would read as an escape become {@code
 * _xHHHH}, the UTF-16 unit in hexadecimal. Two names never share an Avro name.
 */
final class AvroNames {

  private AvroNames() {}

  static String escape(String name) {
    StringBuilder escaped = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (isLetter(c) || (isDigit(c) && i > 0) || (c == '_' && !startsEscape(name, i))) {
        escaped.append(c);
      } else {
        escaped.append(String.format(Locale.ROOT, "_x%04X", (int) c));
      }
    }
    return escaped.isEmpty() ? "_x" : escaped.toString();
  }

  /** Escapes each part of a dotted name by itself. */
  static String escapeDotted(String name) {
    String[] parts = name.split("\\.", -1);
    for (int i = 0; i < parts.length; i++) {
      parts[i] = escape(parts[i]);
    }
    return String.join(".", parts);
  }

  /** A log's own namespace; a later leg's name begins with a digit, which Avro does not take. */
  static String namespace(LogId log) {
    return log.markerPrefix().replaceAll("\\.(?=[0-9])", "._");
  }

  private static boolean startsEscape(String name, int at) {
    return name.startsWith("_x", at);
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
