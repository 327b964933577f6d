package nl.veer.control.cli;

import org.jspecify.annotations.Nullable;

/** Values of rows, as a terminal may show them. */
final class Visible {
  private Visible() {}

  /** What a terminal would act upon is printed as its number. */
  static String of(@Nullable String text) {
    if (text == null) {
      return "NULL";
    }
    StringBuilder visible = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                visible.append(String.format("\\u%04x", c));
              } else {
                visible.appendCodePoint(c);
              }
            });
    return visible.toString();
  }
}
