package nl.veer.control.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes HTML; whatever is given as text is shown as that text, whatever stands in it. */
public final class Html {
  private final StringBuilder html = new StringBuilder();

  /** Markup of our own. */
  public Html raw(String markup) {
    html.append(markup);
    return this;
  }

  /** Text inside of an element. */
  public Html in(String element, String text) {
    return in(element, "", text);
  }

  /**
   * Text inside of an element with classes.
   *
   * @param classes empty for none
   */
  public Html in(String element, String classes, String text) {
    open(element, classes);
    html.append(escape(text)).append("</").append(element).append(">\n");
    return this;
  }

  private void open(String element, String classes) {
    html.append('<').append(element);
    if (!classes.isEmpty()) {
      html.append(" class=\"").append(classes).append('"');
    }
    html.append('>');
  }

  /** A list of names and what they are; what is null is left out. */
  Html pairs(List<Pair> pairs) {
    html.append("<dl>\n");
    for (Pair pair : pairs) {
      String value = pair.value;
      if (value != null) {
        html.append("<dt>").append(escape(pair.name)).append("</dt>");
        open("dd", pair.classes);
        html.append(escape(value)).append("</dd>\n");
      }
    }
    html.append("</dl>\n");
    return this;
  }

  /** A name and what it is. */
  record Pair(String name, @Nullable String value, String classes) {
    static Pair of(String name, @Nullable String value) {
      return new Pair(name, value, "");
    }

    /** In letters of one width. */
    static Pair code(String name, @Nullable String value) {
      return new Pair(name, value, "code");
    }
  }

  /** A cell of a table. */
  public record Cell(String text, String classes) {
    public static Cell of(@Nullable String text) {
      return new Cell(text == null || text.isEmpty() ? "–" : text, "");
    }

    public static Cell number(long number) {
      return new Cell("%,d".formatted(number), "number");
    }

    public static Cell code(@Nullable String text) {
      return new Cell(text == null || text.isEmpty() ? "–" : text, "code");
    }

    /** EQUAL, DIFFERENT or UNKNOWN, in its colour. */
    public static Cell verdict(String word) {
      return new Cell(word, "verdict " + verdictClass(word));
    }
  }

  public static String verdictClass(String word) {
    return switch (word) {
      case "EQUAL" -> "equal";
      case "DIFFERENT" -> "different";
      default -> "unknown";
    };
  }

  /**
   * @param heads of columns; those of numbers begin with #
   */
  public Html table(List<String> heads, List<List<Cell>> rows) {
    html.append("<div class=\"wide\"><table>\n<thead><tr>");
    for (String head : heads) {
      boolean number = head.startsWith("#");
      open("th", number ? "number" : "");
      html.append(escape(number ? head.substring(1) : head)).append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (List<Cell> row : rows) {
      html.append("<tr>");
      for (Cell cell : row) {
        open("td", cell.classes);
        html.append(escape(cell.text)).append("</td>");
      }
      html.append("</tr>\n");
    }
    html.append("</tbody></table></div>\n");
    return this;
  }

  /** A list; nothing if there is nothing to list. */
  void list(List<String> lines) {
    if (!lines.isEmpty()) {
      html.append("<ul>\n");
      lines.forEach(line -> in("li", line));
      html.append("</ul>\n");
    }
  }

  /**
   * The text, with what means something in HTML, or changes what stands around it, as something
   * that is seen: control characters, and those that turn the direction of writing.
   */
  public static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                case '\n' -> safe.append("<br>");
                default -> {
                  if (isHidden(point)) {
                    safe.append("\\u%04x".formatted(point));
                  } else {
                    safe.appendCodePoint(point);
                  }
                }
              }
            });
    return safe.toString();
  }

  private static boolean isHidden(int point) {
    int type = Character.getType(point);
    return type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE;
  }

  @Override
  public String toString() {
    return html.toString();
  }
}
