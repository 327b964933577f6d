package nl.veer.control.cutover;

import java.util.Locale;

/** A database as the configuration calls it, whichever way the wave crosses now. */
public enum FenceSide {
  SOURCE,
  TARGET;

  /** The side that a leg leads away from. */
  static FenceSide leftBy(int leg) {
    return leg % 2 == 0 ? SOURCE : TARGET;
  }

  static FenceSide of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  FenceSide other() {
    return this == SOURCE ? TARGET : SOURCE;
  }

  /** As it is written down. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
