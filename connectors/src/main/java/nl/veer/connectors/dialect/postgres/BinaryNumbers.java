package nl.veer.connectors.dialect.postgres;

/** The binary forms of numbers. Pure. */
final class BinaryNumbers {
  /** What one digit of a numeric counts: four decimal digits. */
  private static final int GROUP = 4;

  /** The server takes no more than 3,000 groups; few have more than ten. */
  private static final int LONGEST_NUMERIC = 4_000;

  private static final int NEGATIVE = 0x4000;
  private static final int NOT_A_NUMBER = 0xC000;
  private static final int LONGEST_INT8 = 20;

  private BinaryNumbers() {}

  static boolean int2(String text, BinaryBuffer out) {
    if (!isInteger(text, Short.MIN_VALUE, Short.MAX_VALUE)) {
      return false;
    }
    out.putInt(Short.BYTES);
    out.putShort(Integer.parseInt(text));
    return true;
  }

  static boolean int4(String text, BinaryBuffer out) {
    if (!isInteger(text, Integer.MIN_VALUE, Integer.MAX_VALUE)) {
      return false;
    }
    out.putInt(Integer.BYTES);
    out.putInt(Integer.parseInt(text));
    return true;
  }

  static boolean int8(String text, BinaryBuffer out) {
    if (!isInteger(text, Long.MIN_VALUE, Long.MAX_VALUE)) {
      return false;
    }
    out.putInt(Long.BYTES);
    out.putLong(Long.parseLong(text));
    return true;
  }

  private static boolean isInteger(String text, long least, long most) {
    int from = text.startsWith("-") ? 1 : 0;
    if (text.length() == from || text.length() > LONGEST_INT8 || digits(text, from) < 0) {
      return false;
    }
    try {
      long value = Long.parseLong(text);
      return value >= least && value <= most;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  static boolean float4(String text, BinaryBuffer out) {
    if (!isFloat(text)) {
      return false;
    }
    float value = Float.parseFloat(text);
    out.putInt(Float.BYTES);
    out.putInt(Float.floatToIntBits(value));
    return !isBeyond(text, value, Float.isInfinite(value));
  }

  static boolean float8(String text, BinaryBuffer out) {
    if (!isFloat(text)) {
      return false;
    }
    double value = Double.parseDouble(text);
    out.putInt(Double.BYTES);
    out.putLong(Double.doubleToLongBits(value));
    return !isBeyond(text, value, Double.isInfinite(value));
  }

  /**
   * Java rounds what is too large to infinity and what is too small to zero; the server refuses.
   */
  private static boolean isBeyond(String text, double value, boolean infinite) {
    return infinite && !text.endsWith("Infinity")
        || value == 0 && !text.equals("0.0") && !text.equals("-0.0") && !text.equals("0");
  }

  private static boolean isFloat(String text) {
    if (text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity")) {
      return true;
    }
    int digits = 0;
    int points = 0;
    int exponents = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c == '.' && digits > 0 && points == 0 && exponents == 0) {
        points++;
      } else if ((c == 'E' || c == 'e') && digits > 0 && exponents == 0) {
        exponents++;
        digits = 0;
      } else if (c != '-' && c != '+' || !isSignAt(text, i)) {
        return false;
      }
    }
    return digits > 0;
  }

  private static boolean isSignAt(String text, int at) {
    return at == 0 || (text.charAt(at - 1) | 0x20) == 'e';
  }

  /**
   * Digits in base 10,000 around the decimal point, and how many decimals are shown. See {@code
   * numeric_recv} in the server's {@code numeric.c}.
   */
  static boolean numeric(String text, BinaryBuffer out) {
    if (text.equals("NaN")) {
      header(out, 0, 0, NOT_A_NUMBER, 0);
      return true;
    }
    int from = text.startsWith("-") ? 1 : 0;
    int point = text.indexOf('.');
    int whole = point < 0 ? text.length() : point;
    int scale = point < 0 ? 0 : text.length() - point - 1;
    if (text.length() > LONGEST_NUMERIC
        || whole == from
        || point >= 0 && scale == 0
        || digits(text, from, whole) < 0
        || point >= 0 && digits(text, point + 1, text.length()) < 0) {
      return false;
    }
    int first = -groups(whole - from);
    int last = groups(scale) - 1;
    while (first <= last && group(text, from, whole, first) == 0) {
      first++;
    }
    while (first <= last && group(text, from, whole, last) == 0) {
      last--;
    }
    boolean zero = first > last;
    header(out, last - first + 1, zero ? 0 : -first - 1, !zero && from == 1 ? NEGATIVE : 0, scale);
    for (int group = first; group <= last; group++) {
      out.putShort(group(text, from, whole, group));
    }
    return true;
  }

  private static void header(BinaryBuffer out, int groups, int weight, int sign, int scale) {
    out.putInt((4 + groups) * Short.BYTES);
    out.putShort(groups);
    out.putShort(weight);
    out.putShort(sign);
    out.putShort(scale);
  }

  private static int groups(int digits) {
    return (digits + GROUP - 1) / GROUP;
  }

  /**
   * Four decimal digits as a number: those that end in front of the point are group -1, those that
   * begin behind it group 0.
   */
  private static int group(String text, int from, int whole, int group) {
    int begin = group < 0 ? whole + group * GROUP : whole + 1 + group * GROUP;
    int value = 0;
    for (int i = begin; i < begin + GROUP; i++) {
      value = value * 10 + (i < from || i >= text.length() ? 0 : text.charAt(i) - '0');
    }
    return value;
  }

  private static int digits(String text, int from) {
    return digits(text, from, text.length());
  }

  /** How many there are; -1 if there is anything else. */
  private static int digits(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
    }
    return to - from;
  }
}
