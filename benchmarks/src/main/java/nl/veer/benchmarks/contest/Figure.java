package nl.veer.benchmarks.contest;

import java.util.Locale;

/**
 * What is measured.
 *
 * @param name with its unit: {@code rows/s}
 * @param decimals that mean something
 */
public record Figure(String name, int decimals) implements Comparable<Figure> {
  /** Rows by seconds of a turn. */
  public static final Figure ROWS = new Figure("rows/s", 0);

  public String words(double value) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  @Override
  public int compareTo(Figure other) {
    return name.compareTo(other.name);
  }
}
