package nl.veer.connectors.dialect.postgres;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import nl.veer.connectors.event.ColumnEncoding;
import nl.veer.connectors.event.EpochMicros;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * Values of the log as PostgreSQL's input functions read them, exactly. Years before 1 get their
 * {@code BC}; infinity stands in the log as Debezium's extreme values: for dates the int32's, for
 * timestamps {@link EpochMicros}'.
 */
public final class PostgresText {
  private static final DateTimeFormatter DATE =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR_OF_ERA, 4, 10, java.time.format.SignStyle.NOT_NEGATIVE)
          .appendPattern("-MM-dd")
          .toFormatter(Locale.ROOT);
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long SECONDS_PER_DAY = 86_400;

  private PostgresText() {}

  public static @Nullable String of(ColumnEncoding encoding, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    try {
      return switch (encoding) {
        case BOOLEAN -> (Boolean) value ? "t" : "f";
        case INT32, INT64, FLOAT32, FLOAT64 -> value.toString();
        case TEXT, DATABASE_TEXT -> (String) value;
        case BYTES -> "\\x" + HexFormat.of().formatHex((byte[]) value);
        case EPOCH_DAYS -> date((Integer) value);
        case MICROS_OF_DAY -> time((Long) value);
        case EPOCH_MICROS -> timestamp((Long) value);
        case ZONED_TIMESTAMP -> zoned((String) value);
      };
    } catch (ClassCastException | java.time.DateTimeException e) {
      throw new Failure(
          FailureKind.SOURCE_DATA,
          "VALUE_FORM",
          "A value in the log is not of the form that its encoding "
              + encoding
              + " promises. This is a defect of the capture; report it.");
    }
  }

  private static String date(int days) {
    if (days == Integer.MAX_VALUE) {
      return "infinity";
    }
    if (days == Integer.MIN_VALUE) {
      return "-infinity";
    }
    LocalDate date = LocalDate.ofEpochDay(days);
    return DATE.format(date) + era(date);
  }

  private static String time(long micros) {
    long seconds = micros / MICROS_PER_SECOND;
    StringBuilder text = new StringBuilder(15);
    appendTime(text, seconds, micros % MICROS_PER_SECOND);
    return text.toString();
  }

  private static String timestamp(long micros) {
    if (micros == EpochMicros.INFINITY) {
      return "infinity";
    }
    if (micros == EpochMicros.NEGATIVE_INFINITY) {
      return "-infinity";
    }
    EpochMicros time = EpochMicros.read(micros);
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(time.seconds(), SECONDS_PER_DAY));
    StringBuilder text = new StringBuilder(29);
    DATE.formatTo(date, text);
    text.append(' ');
    appendTime(text, Math.floorMod(time.seconds(), SECONDS_PER_DAY), time.micros());
    return text.append(era(date)).toString();
  }

  private static String zoned(String iso) {
    if (iso.equals("infinity") || iso.equals("-infinity")) {
      return iso;
    }
    String plain = PlainInstant.text(iso);
    if (plain != null) {
      return plain;
    }
    LocalDateTime utc =
        OffsetDateTime.parse(iso).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    if (utc.getNano() % 1000 != 0) {
      throw new java.time.DateTimeException("finer than a microsecond");
    }
    StringBuilder text = new StringBuilder(32);
    DATE.formatTo(utc, text);
    text.append(' ');
    appendTime(text, utc.toLocalTime().toSecondOfDay(), utc.get(ChronoField.MICRO_OF_SECOND));
    return text.append("+00").append(era(utc.toLocalDate())).toString();
  }

  private static void appendTime(StringBuilder text, long secondOfDay, long micros) {
    appendTwo(text, secondOfDay / ChronoUnit.HOURS.getDuration().toSeconds()).append(':');
    appendTwo(text, secondOfDay / 60 % 60).append(':');
    appendTwo(text, secondOfDay % 60);
    if (micros != 0) {
      text.append('.');
      for (long unit = MICROS_PER_SECOND / 10; unit > 0; unit /= 10) {
        text.append((char) ('0' + micros / unit % 10));
      }
    }
  }

  private static StringBuilder appendTwo(StringBuilder text, long number) {
    return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  private static String era(LocalDate date) {
    return date.getYear() < 1 ? " BC" : "";
  }
}
