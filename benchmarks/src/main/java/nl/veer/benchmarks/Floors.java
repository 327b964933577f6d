package nl.veer.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import nl.veer.benchmarks.contest.Figure;
import nl.veer.benchmarks.contest.Standings;

/**
 * The ratios that the quick suite has reached, and below half of which it fails: noise does not
 * halve a ratio, a lost order of magnitude does.
 *
 * @param reached in the order of the file
 */
record Floors(List<Reached> reached) {
  private static final String FILE = "reached.txt";
  private static final double SHARE = 0.5;

  Floors {
    reached = List.copyOf(reached);
  }

  /** What one contender was by another's measure. */
  record Reached(String contest, String of, String by, double ratio) {

    /** From {@code contest | of | by | ratio}. */
    private static Reached parse(String line) {
      String[] parts = line.split("\\s*\\|\\s*", -1);
      if (parts.length != 4) {
        throw new IllegalArgumentException("Not contest | of | by | ratio: " + line);
      }
      return new Reached(parts[0], parts[1], parts[2], Double.parseDouble(parts[3].strip()));
    }

    private boolean is(String name, Standings.Ratio found) {
      return contest.equals(name)
          && of.equals(found.of())
          && by.equals(found.by())
          && found.figure().equals(Figure.ROWS);
    }
  }

  /** As shipped beside this class. */
  static Floors shipped() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Floors.class.getResourceAsStream(FILE), FILE),
                StandardCharsets.UTF_8))) {
      return new Floors(
          reader
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(Reached::parse)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In words, each ratio that was lost; one that was not measured is not lost. */
  List<String> lost(List<Standings> all) {
    List<String> lost = new ArrayList<>();
    for (Standings standings : all) {
      for (Standings.Ratio found : standings.ratios()) {
        reached.stream()
            .filter(one -> one.is(standings.contest(), found))
            .filter(one -> found.spread().median() < one.ratio() * SHARE)
            .forEach(one -> lost.add(words(one, found)));
      }
    }
    return lost;
  }

  private static String words(Reached reached, Standings.Ratio found) {
    return String.format(
        Locale.ROOT,
        "%s: %s is %.2f of %s, less than half of the %.2f that it was",
        reached.contest(),
        reached.of(),
        found.spread().median(),
        reached.by(),
        reached.ratio());
  }
}
