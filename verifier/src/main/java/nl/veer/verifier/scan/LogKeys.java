package nl.veer.verifier.scan;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nl.veer.connectors.event.ColumnEncoding;
import nl.veer.connectors.event.EpochMicros;
import nl.veer.connectors.event.RowImage;
import nl.veer.verifier.scan.postgres.ScanTable;
import nl.veer.verifier.scan.postgres.ScanTable.KeyColumn;
import nl.veer.verifier.verdict.RowKey;
import org.jspecify.annotations.Nullable;

/**
 * The key of a row in the log, as the database writes it in a scan. What is not sure to be written
 * in the same way is no key at all: whoever asks must then take any row for the one meant.
 */
final class LogKeys {
  private static final int NANOS_PER_MICRO = 1_000;
  private static final int LAST_PLAIN_YEAR = 9_999;

  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
          .toFormatter(Locale.ROOT);

  private LogKeys() {}

  /** Empty if it cannot be told. */
  static Optional<RowKey> of(ScanTable table, RowImage row) {
    List<String> texts = new ArrayList<>();
    for (KeyColumn column : table.key()) {
      int index = row.type().indexOf(column.name());
      String text =
          index < 0 || row.isAbsent(index)
              ? null
              : text(
                  row.type().columns().get(index).encoding(),
                  row.value(index),
                  column.sourceType());
      if (text == null) {
        return Optional.empty();
      }
      texts.add(text);
    }
    return texts.isEmpty() ? Optional.empty() : Optional.of(new RowKey(texts));
  }

  static @Nullable String text(ColumnEncoding encoding, @Nullable Object value, String type) {
    if (value == null) {
      return null;
    }
    try {
      return switch (encoding) {
        case BOOLEAN, INT32, INT64 -> value.toString();
        case TEXT -> isPlain(type) ? (String) value : null;
        case DATABASE_TEXT -> type.startsWith("numeric") ? (String) value : null;
        case BYTES -> "\\x" + HexFormat.of().formatHex((byte[]) value);
        case EPOCH_DAYS -> date(LocalDate.ofEpochDay((Integer) value));
        case EPOCH_MICROS -> micros((Long) value);
        case ZONED_TIMESTAMP -> zoned((String) value);
        case FLOAT32, FLOAT64, MICROS_OF_DAY -> null;
      };
    } catch (ClassCastException | DateTimeException e) {
      return null;
    }
  }

  /** Types whose cast to text is what the log holds. */
  private static boolean isPlain(String type) {
    return type.equals("text") || type.startsWith("character varying") || type.equals("uuid");
  }

  private static @Nullable String date(LocalDate date) {
    return isPlain(date.getYear()) ? date.toString() : null;
  }

  private static @Nullable String micros(long value) {
    if (value == EpochMicros.INFINITY || value == EpochMicros.NEGATIVE_INFINITY) {
      return null;
    }
    EpochMicros far = EpochMicros.read(value);
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(far.seconds(), far.micros() * NANOS_PER_MICRO, ZoneOffset.UTC);
    return isPlain(time.getYear()) ? TIMESTAMP.format(time) : null;
  }

  private static @Nullable String zoned(String value) {
    OffsetDateTime time = OffsetDateTime.parse(value).withOffsetSameInstant(ZoneOffset.UTC);
    return isPlain(time.getYear()) ? TIMESTAMP.format(time) + "+00" : null;
  }

  private static boolean isPlain(int year) {
    return year >= 1 && year <= LAST_PLAIN_YEAR;
  }
}
