package nl.veer.connectors.dialect.postgres;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a type are written in PostgreSQL's binary format, which the server reads in a
 * fraction of the time that its text takes. A form knows the plain texts of its type, those that
 * {@link PostgresText} and the server itself write; whatever else there is stays text, and the
 * server judges it.
 */
@FunctionalInterface
interface BinaryForm {

  /** Appends the value with its length; false if its text is not plain: what was put is void. */
  boolean write(String text, BinaryBuffer out);

  /** The form of a type as {@code format_type} names it; null if it has none here. */
  static @Nullable BinaryForm of(String type) {
    return Forms.BY_TYPE.get(type);
  }

  /** The forms by the names of their types. */
  final class Forms {
    private static final int JSONB_VERSION = 1;

    private static final Map<String, BinaryForm> BY_TYPE =
        Map.ofEntries(
            Map.entry("boolean", Forms::bool),
            Map.entry("smallint", BinaryNumbers::int2),
            Map.entry("integer", BinaryNumbers::int4),
            Map.entry("bigint", BinaryNumbers::int8),
            Map.entry("real", BinaryNumbers::float4),
            Map.entry("double precision", BinaryNumbers::float8),
            Map.entry("numeric", BinaryNumbers::numeric),
            Map.entry("text", Forms::text),
            Map.entry("character varying", Forms::text),
            Map.entry("bpchar", Forms::text),
            Map.entry("json", Forms::text),
            Map.entry("jsonb", Forms::jsonb),
            Map.entry("bytea", Forms::bytea),
            Map.entry("uuid", Forms::uuid),
            Map.entry("date", BinaryTimes::date),
            Map.entry("time without time zone", BinaryTimes::time),
            Map.entry("timestamp without time zone", BinaryTimes::timestamp),
            Map.entry("timestamp with time zone", BinaryTimes::timestampUtc));

    private Forms() {}

    private static boolean bool(String text, BinaryBuffer out) {
      if (!text.equals("t") && !text.equals("f")) {
        return false;
      }
      out.putInt(1);
      out.put(text.equals("t") ? 1 : 0);
      return true;
    }

    private static boolean text(String text, BinaryBuffer out) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.putInt(bytes.length);
      out.putBytes(bytes);
      return true;
    }

    private static boolean jsonb(String text, BinaryBuffer out) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.putInt(bytes.length + 1);
      out.put(JSONB_VERSION);
      out.putBytes(bytes);
      return true;
    }

    private static boolean bytea(String text, BinaryBuffer out) {
      if (!text.startsWith("\\x") || text.length() % 2 != 0) {
        return false;
      }
      out.putInt(text.length() / 2 - 1);
      return hex(text, 2, text.length(), out);
    }

    private static boolean uuid(String text, BinaryBuffer out) {
      if (text.length() != 36
          || text.charAt(8) != '-'
          || text.charAt(13) != '-'
          || text.charAt(18) != '-'
          || text.charAt(23) != '-') {
        return false;
      }
      out.putInt(16);
      return hex(text, 0, 8, out)
          && hex(text, 9, 13, out)
          && hex(text, 14, 18, out)
          && hex(text, 19, 23, out)
          && hex(text, 24, 36, out);
    }

    private static boolean hex(String text, int from, int to, BinaryBuffer out) {
      for (int i = from; i < to; i += 2) {
        int value = digit(text.charAt(i)) << 4 | digit(text.charAt(i + 1));
        if (value < 0) {
          return false;
        }
        out.put(value);
      }
      return true;
    }

    /** Negative if it is none. */
    private static int digit(char c) {
      if (c >= '0' && c <= '9') {
        return c - '0';
      }
      int letter = c | 0x20;
      return c < 0x80 && letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }
  }
}
