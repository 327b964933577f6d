package nl.veer.connectors.dialect;

import java.util.Arrays;

/** The values of a key's columns as database text, in key order. Compares by value. */
public final class KeyText {
  private final String[] values;
  private final int hash;

  KeyText(String[] values) {
    this.values = values;
    this.hash = Arrays.hashCode(values);
  }

  public String text(int index) {
    return values[index];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyText that && hash == that.hash && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** Never the values: they must not reach a log. */
  @Override
  public String toString() {
    return "KeyText of " + values.length + " columns";
  }
}
