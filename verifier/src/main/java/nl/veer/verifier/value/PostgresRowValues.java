package nl.veer.verifier.value;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a PostgreSQL value's text into canonical bytes, the same that an event's value has. The
 * text is what the type's output function writes under the settings of Veer's sessions (UTC, ISO,
 * hex, extra_float_digits 3); a cast to text is not that, for it takes blanks from {@code char(n)}.
 * Of a domain, the caller gives the base type. Immutable; {@link #of} once per column.
 */
public final class PostgresRowValues {
  private enum Kind {
    BOOLEAN,
    INTEGER,
    FLOAT32,
    FLOAT64,
    TEXT,
    BYTES,
    DATE,
    TIME,
    TIMESTAMP,
    ZONED
  }

  private final Kind kind;

  private PostgresRowValues(Kind kind) {
    this.kind = kind;
  }

  /**
   * The reading of a type.
   *
   * @param type as {@code format_type} writes it, for example {@code timestamp(3) with time zone}
   */
  public static PostgresRowValues of(String type) {
    String name = type.toLowerCase(Locale.ROOT).replaceAll("\\([^)]*\\)", "").trim();
    return new PostgresRowValues(
        switch (name) {
          case "boolean", "bool" -> Kind.BOOLEAN;
          case "smallint", "int2", "integer", "int4", "bigint", "int8", "oid" -> Kind.INTEGER;
          case "real", "float4" -> Kind.FLOAT32;
          case "double precision", "float8" -> Kind.FLOAT64;
          case "bytea" -> Kind.BYTES;
          case "date" -> Kind.DATE;
          case "time", "time without time zone" -> Kind.TIME;
          case "timestamp", "timestamp without time zone" -> Kind.TIMESTAMP;
          case "timestamptz", "timestamp with time zone" -> Kind.ZONED;
          default -> Kind.TEXT;
        });
  }

  /**
   * Writes one value.
   *
   * @throws nl.veer.connectors.failure.Failure SOURCE_DATA if the text is not of the type
   */
  public void write(@Nullable String text, CanonicalBytes out) {
    if (text == null) {
      out.nothing();
      return;
    }
    try {
      writePresent(text, out);
    } catch (IllegalArgumentException e) {
      throw CanonicalBytes.unreadable("a text that is no " + kind);
    }
  }

  private void writePresent(String text, CanonicalBytes out) {
    switch (kind) {
      case BOOLEAN -> out.bool(bool(text));
      case INTEGER -> out.integer(Long.parseLong(text));
      case FLOAT32 -> out.float32(float32(text));
      case FLOAT64 -> out.float64(float64(text));
      case TEXT -> out.text(text);
      case BYTES -> out.bytes(bytes(text));
      case DATE -> date(text, out);
      case TIME -> {
        TimeText read = TimeText.time(text);
        out.time(read.seconds() * 1_000_000 + read.micros());
      }
      case TIMESTAMP -> {
        Extent extent = Extent.of(text);
        if (extent == Extent.FINITE) {
          TimeText read = TimeText.timestamp(text);
          out.timestamp(extent, read.seconds(), read.micros());
        } else {
          out.timestamp(extent, 0, 0);
        }
      }
      case ZONED -> {
        Extent extent = Extent.of(text);
        if (extent == Extent.FINITE) {
          TimeText read = TimeText.zoned(text);
          out.zoned(extent, read.seconds(), read.micros());
        } else {
          out.zoned(extent, 0, 0);
        }
      }
    }
  }

  /** Writes one value rounded, half to even; tells whether that changed it. */
  public boolean writeRounded(@Nullable String text, int decimals, CanonicalBytes out) {
    if (text != null && (kind == Kind.FLOAT32 || kind == Kind.FLOAT64)) {
      double number = kind == Kind.FLOAT32 ? float32(text) : float64(text);
      if (Double.isFinite(number)) {
        return Rounding.write(new BigDecimal(number), decimals, out);
      }
    } else if (text != null && kind == Kind.TEXT) {
      return Rounding.write(text, decimals, out);
    }
    write(text, out);
    return false;
  }

  private static boolean bool(String text) {
    return switch (text) {
      case "t" -> true;
      case "f" -> false;
      default -> throw new IllegalArgumentException("no boolean");
    };
  }

  private static float float32(String text) {
    float number = Float.parseFloat(requireNumber(text));
    requireFinite(Float.isInfinite(number), text);
    return number;
  }

  private static double float64(String text) {
    double number = Double.parseDouble(requireNumber(text));
    requireFinite(Double.isInfinite(number), text);
    return number;
  }

  private static void requireFinite(boolean infinite, String text) {
    if (infinite && !text.endsWith("Infinity")) {
      throw new IllegalArgumentException("out of range");
    }
  }

  /** Java reads more than PostgreSQL writes: hexadecimal, blanks, a type behind the number. */
  private static String requireNumber(String text) {
    if (text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity")) {
      return text;
    }
    for (int i = 0; i < text.length(); i++) {
      if ("0123456789.+-e".indexOf(text.charAt(i)) < 0) {
        throw new IllegalArgumentException("no number");
      }
    }
    return text;
  }

  private static byte[] bytes(String text) {
    if (!text.startsWith("\\x")) {
      throw new IllegalArgumentException("no hexadecimal bytes");
    }
    return HexFormat.of().parseHex(text, 2, text.length());
  }

  private static void date(String text, CanonicalBytes out) {
    Extent extent = Extent.of(text);
    out.date(extent, extent == Extent.FINITE ? TimeText.date(text).days() : 0);
  }
}
