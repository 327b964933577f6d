package nl.veer.control.config;

import java.util.regex.Pattern;
import nl.veer.connectors.event.TableId;

/**
 * A glob over {@code schema.table}: {@code *} is any characters, {@code ?} is one. Case matters, as
 * it does in the catalog.
 */
public record TablePattern(String text) {

  public TablePattern {
    if (!text.equals("*") && text.indexOf('.') < 1) {
      throw new IllegalArgumentException(
          "'" + text + "' names no schema: write schema.table, for example public." + text);
    }
  }

  /** Whether the table is one of those that the pattern means. */
  public boolean matches(TableId table) {
    if (text.equals("*")) {
      return true;
    }
    int dot = text.indexOf('.');
    return glob(text.substring(0, dot), table.schema())
        && glob(text.substring(dot + 1), table.name());
  }

  private static boolean glob(String glob, String name) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(name).matches();
  }

  @Override
  public String toString() {
    return text;
  }
}
