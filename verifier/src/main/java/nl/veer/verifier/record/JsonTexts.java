package nl.veer.verifier.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A list of texts as a JSON array: {@code ["a","b"]}; injective. RFC 8259. */
final class JsonTexts {
  private static final int HEX = 16;
  private static final int UNICODE_DIGITS = 4;

  private JsonTexts() {}

  static String write(List<String> texts) {
    StringBuilder json = new StringBuilder("[");
    for (String text : texts) {
      json.append(json.length() == 1 ? "\"" : ",\"");
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '"' || c == '\\') {
          json.append('\\').append(c);
        } else if (c < ' ') {
          json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        } else {
          json.append(c);
        }
      }
      json.append('"');
    }
    return json.append(']').toString();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static List<String> read(String json) {
    List<String> texts = new ArrayList<>();
    int at = expect(json, 0, '[');
    while (json.charAt(at) != ']') {
      at = texts.isEmpty() ? at : expect(json, at, ',');
      at = expect(json, at, '"');
      StringBuilder text = new StringBuilder();
      while (json.charAt(at) != '"') {
        at = character(json, at, text);
      }
      at++;
      texts.add(text.toString());
    }
    return texts;
  }

  private static int character(String json, int at, StringBuilder into) {
    char c = json.charAt(at);
    if (c != '\\') {
      into.append(c);
      return at + 1;
    }
    if (json.charAt(at + 1) != 'u') {
      into.append(json.charAt(at + 1));
      return at + 2;
    }
    into.append((char) Integer.parseInt(json.substring(at + 2, at + 2 + UNICODE_DIGITS), HEX));
    return at + 2 + UNICODE_DIGITS;
  }

  private static int expect(String json, int at, char wanted) {
    if (json.charAt(at) != wanted) {
      throw new IllegalArgumentException("Not a list of texts as Veer writes it");
    }
    return at + 1;
  }
}
