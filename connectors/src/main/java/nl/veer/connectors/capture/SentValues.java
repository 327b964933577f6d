package nl.veer.connectors.capture;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import nl.veer.connectors.event.ColumnEncoding;
import nl.veer.connectors.event.EpochMicros;

/**
 * Reads PostgreSQL's text of a value ({@code DateStyle ISO}, {@code bytea_output hex}) as its
 * encoding says. What it does not understand throws, it never guesses. Infinity stands as the
 * extreme of the encoding: for dates that of int32, for timestamps that of {@link EpochMicros}.
 */
final class SentValues {
  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final long SECONDS_PER_DAY = 86_400;
  private static final int TIME_LENGTH = "00:00:00".length();
  private static final int MICROS_DIGITS = 6;
  private static final int MOST_OF_FOUR_DIGITS = 9_999;

  private SentValues() {}

  static Object read(ColumnEncoding encoding, String text) {
    return switch (encoding) {
      case BOOLEAN -> bool(text);
      case INT32 -> Integer.parseInt(text);
      case INT64 -> Long.parseLong(text);
      case FLOAT32 -> Float.parseFloat(text);
      case FLOAT64 -> Double.parseDouble(text);
      case TEXT, DATABASE_TEXT -> text;
      case BYTES -> bytes(text);
      case EPOCH_DAYS -> epochDays(text);
      case MICROS_OF_DAY -> microsOfDay(text, 0, text.length());
      case EPOCH_MICROS -> epochMicros(text);
      case ZONED_TIMESTAMP -> zoned(text);
    };
  }

  private static boolean bool(String text) {
    return switch (text) {
      case "t" -> true;
      case "f" -> false;
      default -> throw new IllegalArgumentException("not a boolean");
    };
  }

  private static byte[] bytes(String text) {
    if (!text.startsWith("\\x")) {
      throw new IllegalArgumentException("not bytea in hex");
    }
    return HexFormat.of().parseHex(text, 2, text.length());
  }

  private static int epochDays(String text) {
    return switch (text) {
      case "infinity" -> Integer.MAX_VALUE;
      case "-infinity" -> Integer.MIN_VALUE;
      default -> Math.toIntExact(days(text, dateEnd(text)));
    };
  }

  private static long epochMicros(String text) {
    return switch (text) {
      case "infinity" -> EpochMicros.INFINITY;
      case "-infinity" -> EpochMicros.NEGATIVE_INFINITY;
      default -> {
        int dateEnd = dateEnd(text);
        int timeEnd = isBeforeChrist(text) ? text.length() - 3 : text.length();
        long micros = microsOfDay(text, dateEnd + 1, timeEnd);
        yield EpochMicros.of(
            days(text, dateEnd) * SECONDS_PER_DAY + micros / MICROS_PER_SECOND,
            micros % MICROS_PER_SECOND);
      }
    };
  }

  private static String zoned(String text) {
    if (text.equals("infinity") || text.equals("-infinity")) {
      return text;
    }
    int dateEnd = dateEnd(text);
    int end = isBeforeChrist(text) ? text.length() - 3 : text.length();
    int sign = Math.max(text.indexOf('+', dateEnd), text.indexOf('-', dateEnd));
    if (sign < 0) {
      throw new IllegalArgumentException("no offset");
    }
    long micros = microsOfDay(text, dateEnd + 1, sign);
    long days = days(text, dateEnd);
    long offset = offsetSeconds(text, sign, end);
    if (offset == 0 && end == text.length() && isIso(text, dateEnd, sign)) {
      return text.substring(0, dateEnd) + 'T' + text.substring(dateEnd + 1, sign) + 'Z';
    }
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(
            days * SECONDS_PER_DAY + micros / MICROS_PER_SECOND - offset,
            (int) (micros % MICROS_PER_SECOND) * 1000,
            ZoneOffset.UTC);
    return time.getYear() < 0 || time.getYear() > MOST_OF_FOUR_DIGITS
        ? DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time) + "Z"
        : iso(time);
  }

  /**
   * Whether ISO_LOCAL_DATE_TIME gives the same digits, of a text that can be read: four of the
   * year, no time past its end, no zero behind the last digit of a fraction.
   */
  private static boolean isIso(String text, int dateEnd, int timeEnd) {
    return dateEnd == "0000-00-00".length()
        && text.charAt(4) == '-'
        && text.charAt(7) == '-'
        && (text.charAt(11) < '2' || (text.charAt(11) == '2' && text.charAt(12) < '4'))
        && text.charAt(14) < '6'
        && text.charAt(17) < '6'
        && (timeEnd == dateEnd + 1 + TIME_LENGTH || text.charAt(timeEnd - 1) != '0');
  }

  /** As ISO_LOCAL_DATE_TIME has it, for years of four digits, several times as fast. */
  private static String iso(LocalDateTime time) {
    StringBuilder iso = new StringBuilder("0000-00-00T00:00:00.000000Z".length());
    digits(time.getYear(), 1_000, iso);
    digits(time.getMonthValue(), 10, iso.append('-'));
    digits(time.getDayOfMonth(), 10, iso.append('-'));
    digits(time.getHour(), 10, iso.append('T'));
    digits(time.getMinute(), 10, iso.append(':'));
    digits(time.getSecond(), 10, iso.append(':'));
    if (time.getNano() > 0) {
      digits(time.getNano() / 1_000, 100_000, iso.append('.'));
      while (iso.charAt(iso.length() - 1) == '0') {
        iso.setLength(iso.length() - 1);
      }
    }
    return iso.append('Z').toString();
  }

  private static void digits(int number, int highest, StringBuilder into) {
    for (int unit = highest; unit > 0; unit /= 10) {
      into.append((char) ('0' + number / unit % 10));
    }
  }

  private static long offsetSeconds(String text, int sign, int end) {
    if (end - sign == "+00".length() && text.startsWith("00", sign + 1)) {
      return 0;
    }
    String[] parts = text.substring(sign + 1, end).split(":", -1);
    if (parts.length > 3) {
      throw new IllegalArgumentException("not an offset");
    }
    long seconds = 0;
    long unit = ChronoUnit.HOURS.getDuration().toSeconds();
    for (String part : parts) {
      seconds += Integer.parseInt(part) * unit;
      unit /= 60;
    }
    return text.charAt(sign) == '-' ? -seconds : seconds;
  }

  private static boolean isBeforeChrist(String text) {
    return text.endsWith(" BC");
  }

  private static int dateEnd(String text) {
    int space = text.indexOf(' ');
    return space < 0 ? text.length() : space;
  }

  private static long days(String text, int end) {
    int day = text.lastIndexOf('-', end - 1);
    int month = text.lastIndexOf('-', day - 1);
    int year = Integer.parseInt(text, 0, month, 10);
    // There is no year 0: 1 BC comes before 1 AD.
    return LocalDate.of(
            isBeforeChrist(text) ? 1 - year : year,
            Integer.parseInt(text, month + 1, day, 10),
            Integer.parseInt(text, day + 1, end, 10))
        .toEpochDay();
  }

  /** {@code HH:MM:SS[.ffffff]}; 24:00:00 is a time of its own. */
  private static long microsOfDay(String text, int start, int end) {
    if (end - start < TIME_LENGTH
        || text.charAt(start + 2) != ':'
        || text.charAt(start + 5) != ':') {
      throw new IllegalArgumentException("not a time");
    }
    long seconds =
        Integer.parseInt(text, start, start + 2, 10) * 3600L
            + Integer.parseInt(text, start + 3, start + 5, 10) * 60L
            + Integer.parseInt(text, start + 6, start + 8, 10);
    return seconds * MICROS_PER_SECOND + fraction(text, start + TIME_LENGTH, end);
  }

  private static long fraction(String text, int start, int end) {
    if (start == end) {
      return 0;
    }
    int digits = end - start - 1;
    if (text.charAt(start) != '.' || digits < 1 || digits > MICROS_DIGITS) {
      throw new IllegalArgumentException("not a fraction of a second");
    }
    long micros = Integer.parseInt(text, start + 1, end, 10);
    for (int i = digits; i < MICROS_DIGITS; i++) {
      micros *= 10;
    }
    return micros;
  }
}
