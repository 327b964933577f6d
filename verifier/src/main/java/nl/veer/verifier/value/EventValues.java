package nl.veer.verifier.value;

import java.math.BigDecimal;
import nl.veer.connectors.event.ColumnEncoding;
import nl.veer.connectors.event.EpochMicros;
import nl.veer.connectors.event.RowImage;
import org.jspecify.annotations.Nullable;

/** Reads values of events, as {@link ColumnEncoding} defines them, into canonical bytes. */
public final class EventValues {
  /** Where a timestamp beyond 2^63 microseconds stands lower, by {@link EpochMicros}. */
  private static final long MOVED_BY = 3L << 62;

  /** Nothing that stands where it belongs is below this. */
  private static final long MOVED_BELOW = -(1L << 61);

  private static final long PER_SECOND = 1_000_000;

  private EventValues() {}

  /**
   * Writes one value.
   *
   * @param value as the encoding says, null, or {@link RowImage#ABSENT}
   * @throws nl.veer.connectors.failure.Failure SOURCE_DATA if the value is not of its encoding
   */
  public static void write(ColumnEncoding encoding, @Nullable Object value, CanonicalBytes out) {
    if (value == null) {
      out.nothing();
    } else if (value == RowImage.ABSENT) {
      out.absent();
    } else {
      try {
        writePresent(encoding, value, out);
      } catch (ClassCastException e) {
        throw CanonicalBytes.unreadable("a value of another class than its encoding " + encoding);
      }
    }
  }

  private static void writePresent(ColumnEncoding encoding, Object value, CanonicalBytes out) {
    switch (encoding) {
      case BOOLEAN -> out.bool((Boolean) value);
      case INT32 -> out.integer((Integer) value);
      case INT64 -> out.integer((Long) value);
      case FLOAT32 -> out.float32((Float) value);
      case FLOAT64 -> out.float64((Double) value);
      case TEXT, DATABASE_TEXT -> out.text((String) value);
      case BYTES -> out.bytes((byte[]) value);
      case EPOCH_DAYS -> days((Integer) value, out);
      case MICROS_OF_DAY -> out.time((Long) value);
      case EPOCH_MICROS -> micros((Long) value, out);
      case ZONED_TIMESTAMP -> zoned((String) value, out);
    }
  }

  /**
   * Writes one value rounded; tells whether that changed it.
   *
   * @param decimals to round to, half to even
   */
  public static boolean writeRounded(
      ColumnEncoding encoding, @Nullable Object value, int decimals, CanonicalBytes out) {
    if (value instanceof Float number && Float.isFinite(number)) {
      return Rounding.write(new BigDecimal((double) number), decimals, out);
    }
    if (value instanceof Double number && Double.isFinite(number)) {
      return Rounding.write(new BigDecimal(number), decimals, out);
    }
    if (encoding == ColumnEncoding.DATABASE_TEXT && value instanceof String text) {
      return Rounding.write(text, decimals, out);
    }
    write(encoding, value, out);
    return false;
  }

  private static void days(int days, CanonicalBytes out) {
    switch (days) {
      case Integer.MAX_VALUE -> out.date(Extent.INFINITE, 0);
      case Integer.MIN_VALUE -> out.date(Extent.NEGATIVE_INFINITE, 0);
      default -> out.date(Extent.FINITE, days);
    }
  }

  /** As an unsigned number, 2^63 and more microseconds fit. */
  private static void micros(long value, CanonicalBytes out) {
    if (value == EpochMicros.INFINITY) {
      out.timestamp(Extent.INFINITE, 0, 0);
    } else if (value == EpochMicros.NEGATIVE_INFINITY) {
      out.timestamp(Extent.NEGATIVE_INFINITE, 0, 0);
    } else if (value < MOVED_BELOW) {
      long far = value + MOVED_BY;
      out.timestamp(
          Extent.FINITE,
          Long.divideUnsigned(far, PER_SECOND),
          (int) Long.remainderUnsigned(far, PER_SECOND));
    } else {
      out.timestamp(
          Extent.FINITE, Math.floorDiv(value, PER_SECOND), (int) Math.floorMod(value, PER_SECOND));
    }
  }

  private static void zoned(String iso, CanonicalBytes out) {
    Extent extent = Extent.of(iso);
    if (extent == Extent.FINITE) {
      TimeText read = TimeText.iso(iso);
      out.zoned(extent, read.seconds(), read.micros());
    } else {
      out.zoned(extent, 0, 0);
    }
  }
}
