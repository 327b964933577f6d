package nl.veer.verifier.value;

/**
 * Reads a date, a time or both, as PostgreSQL writes them ({@code DateStyle ISO}) or as ISO-8601
 * does, into days and microseconds. PostgreSQL counts years before 1 with {@code BC}, ISO has a
 * year 0. Throws for everything else. Owned by one thread.
 */
final class TimeText {
  private static final int MICROS_DIGITS = 6;
  private static final int MOST_DIGITS = 9;

  /** Of a date and time of the usual form, the place behind its seconds. */
  private static final int SECONDS_END = 19;

  private static final long SECONDS_PER_DAY = 86_400;

  private final String text;
  private final boolean era;
  private int at;
  private int end;
  private long days;
  private long seconds;
  private int micros;

  /** Whether no digit was wanted where there is something else. */
  private boolean digitsOnly = true;

  private TimeText(String text, boolean era) {
    this.text = text;
    this.era = era;
    this.end = text.length();
  }

  static TimeText date(String text) {
    TimeText read = new TimeText(text, true);
    read.readDate();
    return read.whole();
  }

  static TimeText time(String text) {
    TimeText read = new TimeText(text, true);
    read.readTime();
    return read.whole();
  }

  static TimeText timestamp(String text) {
    TimeText read = new TimeText(text, true);
    read.readDate();
    read.expect(' ');
    read.readTime();
    return read.whole();
  }

  static TimeText zoned(String text) {
    TimeText read = new TimeText(text, true);
    read.readDate();
    read.expect(' ');
    read.readTime();
    read.readOffset();
    return read.whole();
  }

  static TimeText iso(String text) {
    TimeText read = new TimeText(text, false);
    if (read.readUsual()) {
      return read;
    }
    read.readDate();
    read.expect('T');
    read.readTime();
    if (!read.skip('Z')) {
      read.readOffset();
    }
    return read.whole();
  }

  long days() {
    return days;
  }

  /** Since 1970-01-01T00:00:00, or since midnight if there is no date. */
  long seconds() {
    return days * SECONDS_PER_DAY + seconds;
  }

  int micros() {
    return micros;
  }

  /**
   * Reads {@code yyyy-MM-ddTHH:mm:ssZ} and the same with a fraction of at most six digits, which
   * nearly all are. Tells whether it was such a one; leaves it unread otherwise.
   */
  private boolean readUsual() {
    int zone = end - 1;
    if (zone < SECONDS_END
        || zone > SECONDS_END + 1 + MICROS_DIGITS
        || zone == SECONDS_END + 1
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(10) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':'
        || text.charAt(zone) != 'Z'
        || (zone > SECONDS_END && text.charAt(SECONDS_END) != '.')) {
      return false;
    }
    int year = 100 * digits(0) + digits(2);
    int month = digits(5);
    int day = digits(8);
    int hour = digits(11);
    int minute = digits(14);
    int second = digits(17);
    int fraction = 0;
    for (int i = SECONDS_END + 1; i <= SECONDS_END + MICROS_DIGITS; i++) {
      fraction = 10 * fraction + (i < zone ? digit(i) : 0);
    }
    if (!digitsOnly
        || month < 1
        || month > 12
        || day < 1
        || day > lengthOf(year, month)
        || hour > 23
        || minute > 59
        || second > 59) {
      return false;
    }
    days = daysOf(year, month, day);
    seconds = hour * 3600L + minute * 60L + second;
    micros = fraction;
    return true;
  }

  private int digits(int from) {
    return 10 * digit(from) + digit(from + 1);
  }

  private int digit(int index) {
    char c = text.charAt(index);
    digitsOnly &= isDigit(c);
    return c - '0';
  }

  private void readDate() {
    boolean before = era && text.endsWith(" BC");
    if (before) {
      end -= " BC".length();
    }
    boolean negative = !era && skip('-');
    if (!era && !negative) {
      skip('+');
    }
    int from = at;
    long year = number(4, MOST_DIGITS);
    require(!era || year > 0, from);
    expect('-');
    int month = (int) number(2, 2);
    expect('-');
    int day = (int) number(2, 2);
    long counted = before ? 1 - year : negative ? -year : year;
    require(month >= 1 && month <= 12 && day >= 1 && day <= lengthOf(counted, month), from);
    days = daysOf(counted, month, day);
  }

  private static int lengthOf(long year, int month) {
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return switch (month) {
      case 2 -> leap ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  /**
   * Days since 1970-01-01 in the Gregorian calendar, also before it was made. Howard Hinnant,
   * https://howardhinnant.github.io/date_algorithms.html#days_from_civil
   */
  private static long daysOf(long year, int month, int day) {
    long shifted = month <= 2 ? year - 1 : year;
    long era = Math.floorDiv(shifted, 400L);
    long yearOfEra = shifted - era * 400;
    long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097 + dayOfEra - 719_468;
  }

  /** 24:00:00 is a time of its own. */
  private void readTime() {
    int from = at;
    long hour = number(2, 2);
    expect(':');
    long minute = number(2, 2);
    long second = 0;
    if (era || peek(':')) {
      expect(':');
      second = number(2, 2);
      if (skip('.')) {
        readFraction();
      }
    }
    require(minute < 60 && second < 60, from);
    require(hour < 24 || (hour == 24 && minute == 0 && second == 0 && micros == 0), from);
    seconds = hour * 3600 + minute * 60 + second;
  }

  private void readFraction() {
    int from = at;
    long fraction = number(1, MOST_DIGITS);
    int digits = at - from;
    for (; digits < MICROS_DIGITS; digits++) {
      fraction *= 10;
    }
    for (; digits > MICROS_DIGITS; digits--) {
      require(fraction % 10 == 0, from);
      fraction /= 10;
    }
    micros = (int) fraction;
  }

  private void readOffset() {
    boolean negative = skip('-');
    if (!negative) {
      expect('+');
    }
    long offset = number(2, 2) * 3600;
    if (skip(':')) {
      offset += number(2, 2) * 60;
      if (skip(':')) {
        offset += number(2, 2);
      }
    }
    seconds += negative ? offset : -offset;
  }

  private long number(int fewest, int most) {
    int from = at;
    long number = 0;
    while (at < end && at - from < most && isDigit(text.charAt(at))) {
      number = number * 10 + (text.charAt(at) - '0');
      at++;
    }
    require(at - from >= fewest, from);
    return number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private boolean peek(char c) {
    return at < end && text.charAt(at) == c;
  }

  private boolean skip(char c) {
    boolean there = peek(c);
    if (there) {
      at++;
    }
    return there;
  }

  private void expect(char c) {
    require(skip(c), at);
  }

  private TimeText whole() {
    require(at == end, at);
    return this;
  }

  private static void require(boolean holds, int at) {
    if (!holds) {
      throw CanonicalBytes.unreadable("a date or time that is none, at character " + at);
    }
  }
}
