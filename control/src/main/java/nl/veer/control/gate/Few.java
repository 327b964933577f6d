package nl.veer.control.gate;

import java.util.Collection;
import java.util.stream.Collectors;

/** Writes the first of many, and how many more there are. */
final class Few {
  static final int SHOWN = 3;

  private Few() {}

  static String of(Collection<?> many) {
    String shown =
        many.stream().limit(SHOWN).map(String::valueOf).collect(Collectors.joining(", "));
    return many.size() > SHOWN ? shown + " and %,d more".formatted(many.size() - SHOWN) : shown;
  }
}
