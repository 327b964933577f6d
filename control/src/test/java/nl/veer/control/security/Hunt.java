package nl.veer.control.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Looks for canaries in all that a run wrote. Each kind of place names a word that is known to be
 * written there: if that is not found, the hunt was in the wrong place, and has shown nothing.
 */
final class Hunt {
  private final Map<String, StringBuilder> places = new TreeMap<>();
  private final Map<String, String> known = new TreeMap<>();

  /**
   * Adds a text to a kind of place.
   *
   * @param known what must be found somewhere in this kind of place
   */
  void look(String place, String known, String text) {
    this.known.put(place, known);
    places.computeIfAbsent(place, name -> new StringBuilder()).append(text).append('\n');
  }

  /** As bytes, for a file need not be text. */
  void look(String place, String known, Path file) throws IOException {
    look(place, known, Files.readString(file, StandardCharsets.ISO_8859_1));
  }

  /** Nothing was found but what must be. */
  void assertNothingEscaped() {
    assertThat(places).isNotEmpty();
    List<String> escaped = new ArrayList<>();
    places.forEach(
        (place, text) -> {
          assertThat(text.toString())
              .as("the word known to be in " + place)
              .contains(known.get(place));
          for (String canary : Canaries.in(text.toString())) {
            escaped.add(canary + " in " + place + ":\n" + around(text.toString(), canary));
          }
        });
    assertThat(escaped).isEmpty();
  }

  private static String around(String text, String canary) {
    int at = text.indexOf(canary);
    return at < 0
        ? "(encoded)"
        : text.substring(Math.max(0, at - 300), Math.min(text.length(), at + 100));
  }
}
