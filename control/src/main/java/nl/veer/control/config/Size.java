package nl.veer.control.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, written {@code 64MiB}: a whole number and one of B, KiB, MiB, GiB, TiB. */
public record Size(long bytes) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,18})\\s*(B|KiB|MiB|GiB|TiB)");
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

  public Size {
    if (bytes < 0) {
      throw new IllegalArgumentException("A size cannot be negative.");
    }
  }

  /**
   * Reads a size as it is written in the file.
   *
   * @throws IllegalArgumentException saying how a size is written
   */
  public static Size parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a size: write a whole number and a unit, for example 64MiB");
    }
    long number = Long.parseLong(form.group(1));
    int shift = 10 * UNITS.indexOf(form.group(2));
    if (number > Long.MAX_VALUE >> shift) {
      throw new IllegalArgumentException("'" + text + "' is larger than 8 EiB");
    }
    return new Size(number << shift);
  }

  /** For people: {@code 1.5 GiB}, rounded to one place. */
  public static String approximately(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.size() - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS.get(unit));
  }

  /** As it is written in the file, exact. */
  @Override
  public String toString() {
    int unit = 0;
    long value = bytes;
    while (value != 0 && value % 1024 == 0 && unit < UNITS.size() - 1) {
      value /= 1024;
      unit++;
    }
    return value + UNITS.get(unit);
  }
}
