package nl.veer.connectors.dialect.postgres;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import nl.veer.connectors.dialect.postgres.PostgresFence.Kind;

/**
 * The text of a fence's plan: one fact a line, its words URL-encoded with a space between. The
 * first word says what the line is about. Pure.
 */
final class FenceLines {
  private FenceLines() {}

  static String line(String... words) {
    return Arrays.stream(words)
        .map(word -> URLEncoder.encode(word, StandardCharsets.UTF_8))
        .collect(Collectors.joining(" "));
  }

  static String text(List<String> lines) {
    return String.join("\n", lines);
  }

  /** The words of each line. */
  static List<List<String>> words(String text) {
    return text.lines().map(FenceLines::read).toList();
  }

  private static List<String> read(String line) {
    return Arrays.stream(line.split(" ", -1))
        .map(word -> URLDecoder.decode(word, StandardCharsets.UTF_8))
        .toList();
  }

  /** For a line that begins like no fact of this kind of plan. */
  static void requireHeading(List<String> words, Kind kind) {
    if (!line(words.toArray(String[]::new)).equals(FencePlan.heading(kind))) {
      throw new IllegalArgumentException("Not the plan of a fence of this kind and version");
    }
  }
}
