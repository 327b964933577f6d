package nl.veer.connectors.dialect.postgres;

import java.time.LocalDate;
import java.time.YearMonth;

/**
 * The binary forms of dates and times: days and microseconds since 2000-01-01. Plain are the years
 * from 1 to 9999, and infinity. Pure.
 */
final class BinaryTimes {
  private static final long EPOCH_DAY = LocalDate.of(2000, 1, 1).toEpochDay();
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;
  private static final int DATE = "2000-01-01".length();
  private static final int TIME = "00:00:00".length();
  private static final int FRACTION = ".000000".length();

  /** Stands for a text that is not plain: no day or time has this number. */
  private static final long NONE = Long.MIN_VALUE + 1;

  private BinaryTimes() {}

  static boolean date(String text, BinaryBuffer out) {
    out.putInt(Integer.BYTES);
    if (text.equals("infinity")) {
      out.putInt(Integer.MAX_VALUE);
      return true;
    }
    if (text.equals("-infinity")) {
      out.putInt(Integer.MIN_VALUE);
      return true;
    }
    long days = text.length() == DATE ? days(text) : NONE;
    out.putInt((int) days);
    return days != NONE;
  }

  static boolean time(String text, BinaryBuffer out) {
    long micros = micros(text, 0, text.length());
    out.putInt(Long.BYTES);
    out.putLong(micros);
    return micros != NONE;
  }

  static boolean timestamp(String text, BinaryBuffer out) {
    return timestamp(text, text.length(), out);
  }

  /** The text ends in +00. */
  static boolean timestampUtc(String text, BinaryBuffer out) {
    return text.endsWith("infinity")
        ? timestamp(text, text.length(), out)
        : text.endsWith("+00") && timestamp(text, text.length() - "+00".length(), out);
  }

  private static boolean timestamp(String text, int to, BinaryBuffer out) {
    out.putInt(Long.BYTES);
    if (text.equals("infinity")) {
      out.putLong(Long.MAX_VALUE);
      return true;
    }
    if (text.equals("-infinity")) {
      out.putLong(Long.MIN_VALUE);
      return true;
    }
    if (to < DATE + 1 + TIME || text.charAt(DATE) != ' ') {
      return false;
    }
    long days = days(text);
    long micros = micros(text, DATE + 1, to);
    out.putLong(days * MICROS_PER_DAY + micros);
    return days != NONE && micros != NONE;
  }

  private static long days(String text) {
    int century = two(text, 0);
    int year = century * 100 + two(text, 2);
    int month = two(text, 5);
    int day = two(text, 8);
    boolean plain =
        century >= 0
            && two(text, 2) >= 0
            && year >= 1
            && text.charAt(4) == '-'
            && month >= 1
            && month <= 12
            && text.charAt(7) == '-'
            && day >= 1
            && (day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth());
    return plain ? LocalDate.of(year, month, day).toEpochDay() - EPOCH_DAY : NONE;
  }

  /** Of the day; with no decimals or six. */
  private static long micros(String text, int from, int to) {
    int length = to - from;
    if (length != TIME && length != TIME + FRACTION
        || text.charAt(from + 2) != ':'
        || text.charAt(from + 5) != ':') {
      return NONE;
    }
    int hour = two(text, from);
    int minute = two(text, from + 3);
    int second = two(text, from + 6);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
      return NONE;
    }
    long micros = ((hour * 60L + minute) * 60 + second) * MICROS_PER_SECOND;
    return length == TIME ? micros : plus(micros, text, from + TIME);
  }

  private static long plus(long micros, String text, int at) {
    int high = two(text, at + 1);
    int middle = two(text, at + 3);
    int low = two(text, at + 5);
    return text.charAt(at) == '.' && high >= 0 && middle >= 0 && low >= 0
        ? micros + (high * 100L + middle) * 100 + low
        : NONE;
  }

  /** Two digits as a number; negative if they are none. */
  private static int two(String text, int at) {
    int tens = text.charAt(at) - '0';
    int ones = text.charAt(at + 1) - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
  }
}
