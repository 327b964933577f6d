package nl.veer.verifier.changed;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.event.ColumnEncoding;
import nl.veer.connectors.event.EpochMicros;
import nl.veer.connectors.event.RowImage;
import nl.veer.verifier.scan.postgres.ScanTable;
import nl.veer.verifier.scan.postgres.ScanTable.KeyColumn;
import org.jspecify.annotations.Nullable;

/**
 * The key of a row in a log as texts that the key's types read as just this key. Not always the
 * text that the database itself would write. What is not sure to be read so is no key at all:
 * whoever asks must then take any row for the one meant.
 */
final class KeyTexts {
  private static final int NANOS_PER_MICRO = 1_000;
  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final int LAST_PLAIN_YEAR = 9_999;
  private static final String INFINITY = "infinity";

  private KeyTexts() {}

  /** Empty if it cannot be told. */
  static Optional<List<String>> of(ScanTable table, RowImage row) {
    List<String> texts = new ArrayList<>();
    for (KeyColumn column : table.key()) {
      int index = row.type().indexOf(column.name());
      String text =
          index < 0 || row.isAbsent(index)
              ? null
              : text(row.type().columns().get(index).encoding(), row.value(index));
      if (text == null) {
        return Optional.empty();
      }
      texts.add(text);
    }
    return texts.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(texts));
  }

  static @Nullable String text(ColumnEncoding encoding, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    try {
      return switch (encoding) {
        case BOOLEAN, INT32, INT64, FLOAT32, FLOAT64 -> value.toString();
        case TEXT, DATABASE_TEXT -> (String) value;
        case BYTES -> "\\x" + HexFormat.of().formatHex((byte[]) value);
        case EPOCH_DAYS -> days((Integer) value);
        case EPOCH_MICROS -> micros((Long) value);
        case MICROS_OF_DAY -> time((Long) value);
        case ZONED_TIMESTAMP -> zoned((String) value);
      };
    } catch (ClassCastException | DateTimeException e) {
      return null;
    }
  }

  private static @Nullable String days(int days) {
    if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
      return days > 0 ? INFINITY : "-" + INFINITY;
    }
    LocalDate date = LocalDate.ofEpochDay(days);
    return isPlain(date.getYear()) ? date.toString() : null;
  }

  private static @Nullable String micros(long value) {
    if (value == EpochMicros.INFINITY || value == EpochMicros.NEGATIVE_INFINITY) {
      return value > 0 ? INFINITY : "-" + INFINITY;
    }
    EpochMicros far = EpochMicros.read(value);
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(far.seconds(), far.micros() * NANOS_PER_MICRO, ZoneOffset.UTC);
    return isPlain(time.getYear()) ? time.toString() : null;
  }

  private static String time(long micros) {
    return micros == MICROS_PER_DAY
        ? "24:00:00"
        : LocalTime.ofNanoOfDay(micros * NANOS_PER_MICRO).toString();
  }

  private static @Nullable String zoned(String value) {
    if (value.equals(INFINITY) || value.equals("-" + INFINITY)) {
      return value;
    }
    OffsetDateTime time = OffsetDateTime.parse(value).withOffsetSameInstant(ZoneOffset.UTC);
    return isPlain(time.getYear()) ? time.toLocalDateTime() + "+00" : null;
  }

  private static boolean isPlain(int year) {
    return year >= 1 && year <= LAST_PLAIN_YEAR;
  }
}
