package nl.veer.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import nl.veer.benchmarks.contest.Figure;
import nl.veer.benchmarks.contest.Spread;
import nl.veer.benchmarks.contest.Standings;

/** The standings of a contest as people read them: a line for each figure and each ratio. */
public final class TextReport {
  private static final double MEGABYTE = 1 << 20;

  private TextReport() {}

  public static List<String> lines(Standings standings) {
    List<String> lines = new ArrayList<>();
    lines.add(standings.contest());
    for (String contender : standings.contenders()) {
      for (Figure figure : standings.figures(contender)) {
        lines.add(
            line(contender, words(figure, standings.of(contender, figure)) + " " + figure.name()));
      }
    }
    lines.addAll(ratioLines(standings));
    for (String contender : standings.contenders()) {
      if (standings.figures(contender).contains(Figure.ROWS)) {
        lines.add(
            line(
                "  CPU s per million rows, " + contender,
                processors(standings, contender, standings::processorSeconds)));
      } else {
        lines.add(
            line(
                "  busy processors, " + contender,
                processors(standings, contender, standings::busyProcessors)));
      }
      lines.add(line("  peak MB, " + contender, memory(standings, contender)));
    }
    return lines;
  }

  /** The contest and its ratios alone. */
  public static List<String> ratios(Standings standings) {
    List<String> lines = new ArrayList<>(List.of(standings.contest()));
    lines.addAll(ratioLines(standings));
    return lines;
  }

  private static List<String> ratioLines(Standings standings) {
    List<String> lines = new ArrayList<>();
    for (Standings.Ratio ratio : standings.ratios()) {
      String name = "%s : %s".formatted(ratio.of(), ratio.by());
      String unit = ratio.figure().equals(Figure.ROWS) ? "" : " of " + ratio.figure().name();
      lines.add(line(name, words(new Figure("", 2), ratio.spread()) + unit));
    }
    return lines;
  }

  private static String line(String name, String words) {
    return String.format(Locale.ROOT, "  %-58s %s", name, words).stripTrailing();
  }

  private static String words(Figure figure, Spread spread) {
    return "%10s  (%s – %s)"
        .formatted(
            figure.words(spread.median()),
            figure.words(spread.least()),
            figure.words(spread.most()));
  }

  private static String processors(
      Standings standings, String contender, BiFunction<String, String, Spread> time) {
    List<String> words = new ArrayList<>();
    for (String party : standings.parties(contender)) {
      words.add(
          String.format(Locale.ROOT, "%s %.2f", party, time.apply(contender, party).median()));
    }
    return String.join(", ", words);
  }

  private static String memory(Standings standings, String contender) {
    List<String> words = new ArrayList<>();
    for (String party : standings.parties(contender)) {
      double bytes = standings.peakBytes(contender, party).most();
      if (bytes > 0) {
        words.add(String.format(Locale.ROOT, "%s %,.0f", party, bytes / MEGABYTE));
      }
    }
    return String.join(", ", words);
  }
}
