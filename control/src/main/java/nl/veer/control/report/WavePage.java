package nl.veer.control.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nl.veer.control.report.Html.Cell;
import nl.veer.control.report.Html.Pair;
import org.jspecify.annotations.Nullable;

/** What a report's page says of a wave on one of its legs. */
final class WavePage {
  private final Html html;
  private final WaveSection wave;
  private final boolean moved;

  /**
   * @param moved whether any wave ever was cut over, so that a leg has to be named
   */
  WavePage(Html html, WaveSection wave, boolean moved) {
    this.html = html;
    this.wave = wave;
    this.moved = moved;
  }

  void write() {
    html.in("h2", title());
    if (!wave.current()) {
      html.in(
          "p",
          "small",
          "This leg is over. What is said of it is of its end, and bears on nothing that was written"
              + " later.");
    }
    html.raw("<p class=\"line\"><span class=\"verdict " + Html.verdictClass(wave.verdict()) + "\">")
        .raw(Html.escape(wave.verdict()))
        .raw("</span> " + Html.escape(bound()) + "</p>\n");
    WaveSection.Applied applied = wave.applied();
    if (applied != null) {
      html.pairs(
          List.of(
              Pair.of(
                  sentence("the %s holds", wave.to()),
                  "the %s's transactions up to number %,d"
                      .formatted(wave.from(), applied.transaction())),
              Pair.code("Position of the " + wave.from(), applied.position()),
              Pair.of(
                  "Committed at",
                  applied.committedAt() == null ? null : ReportPage.time(applied.committedAt()))));
    }
    html.in("h3", "Tables")
        .table(
            List.of(
                "table",
                "verdict",
                "#rows, " + wave.from(),
                "#rows, " + wave.to(),
                "sum of both sides' rows",
                "compared at",
                "scan"),
            wave.tables().stream().map(WavePage::table).toList());
    notes();
    html.in(
        "p",
        "small",
        "The sum is that of the 128-bit digests of all rows; of an EQUAL table the two sides' sums may"
            + " differ by rows that were changing when they were first read, and were then compared"
            + " again and found equal. Positions are places in the %s's log of commits."
                .formatted(wave.from()));
    ledger();
    history();
  }

  private String title() {
    return "Wave "
        + wave.wave()
        + (moved
            ? ", leg %d, from the %s to the %s".formatted(wave.leg(), wave.from(), wave.to())
            : "");
  }

  private static String sentence(String words, String side) {
    String said = words.formatted(side);
    return said.substring(0, 1).toUpperCase(Locale.ROOT) + said.substring(1);
  }

  private String bound() {
    String position = wave.position();
    if (wave.words() != null) {
      return wave.words() + (position == null ? "" : " It was EQUAL up to " + position + ".");
    }
    return position == null ? "" : "at the %s's position %s.".formatted(wave.from(), position);
  }

  private static List<Cell> table(WaveSection.Table table) {
    WaveSection.Scan scan = table.scan();
    List<Cell> row = new ArrayList<>();
    row.add(new Cell(table.table(), "name"));
    row.add(Cell.verdict(table.verdict()));
    if (scan == null) {
      row.addAll(List.of(Cell.of(""), Cell.of(""), Cell.of(""), Cell.of(""), Cell.of("")));
      return row;
    }
    row.add(Cell.number(scan.sourceRows()));
    row.add(Cell.number(scan.targetRows()));
    row.add(
        Cell.code(
            scan.sourceSum().equals(scan.targetSum())
                ? scan.sourceSum()
                : scan.sourceSum() + "\n" + scan.targetSum()));
    row.add(Cell.code(positions(scan)));
    row.add(Cell.of(scan.id() + ", " + ReportPage.time(scan.startedAt())));
    return row;
  }

  /** Of a scan that was stopped before it saw anything there are none. */
  private static String positions(WaveSection.Scan scan) {
    if (scan.from() == null || scan.to() == null) {
      return "";
    }
    return scan.onePosition() ? scan.to() : scan.from() + " to\n" + scan.to();
  }

  /** What a table's line does not say. */
  private void notes() {
    List<String> notes = new ArrayList<>();
    for (WaveSection.Table table : wave.tables()) {
      if (table.words() != null) {
        notes.add(table.table() + ": " + table.reason() + ". " + table.words());
      }
      WaveSection.Scan scan = table.scan();
      if (scan != null) {
        String counts = counts(scan);
        if (!counts.isEmpty()) {
          notes.add(table.table() + ": " + counts + ".");
        }
      }
    }
    html.list(notes);
  }

  private static String counts(WaveSection.Scan scan) {
    List<String> counts = new ArrayList<>();
    add(counts, scan.differing(), "rows differ");
    add(counts, scan.unexamined(), "more rows differed at one look");
    add(counts, scan.unsettled(), "rows went on changing, so that nothing is known of them");
    add(counts, scan.settledLater(), "rows were changing, and then equal");
    return String.join(", ", counts);
  }

  private static void add(List<String> counts, long count, String what) {
    if (count > 0) {
      counts.add("%,d %s".formatted(count, what));
    }
  }

  private void ledger() {
    WaveSection.Ledger ledger = wave.ledger();
    html.in(
        "h3", "Ledger: what was written, weighed against the %s's own log".formatted(wave.to()));
    if (ledger == null) {
      html.in("p", "None was kept: what happened between two scans is not proven.");
      return;
    }
    html.pairs(
        List.of(
            Pair.of("Weighed", weighed(ledger)),
            Pair.code("Position of the " + wave.from(), ledger.source()),
            Pair.code("Position of the " + wave.to(), ledger.target()),
            Pair.of(
                "Findings",
                "%,d, of which %,d stand open".formatted(ledger.findings(), ledger.open())),
            Pair.of("Left to scans", left(ledger)),
            Pair.of("As of", ledger.savedAt() == null ? null : ReportPage.time(ledger.savedAt())),
            Pair.of("Stands still", ledger.failure())));
    html.list(
        ledger.tolerated().entrySet().stream()
            .map(one -> "tolerated: %s, in %,d rows".formatted(one.getKey(), one.getValue()))
            .toList());
  }

  private String weighed(WaveSection.Ledger ledger) {
    return "%,d transactions of the %s with %,d changes of rows, in %,d transactions of the %s"
        .formatted(
            ledger.transactions(),
            wave.from(),
            ledger.rows(),
            ledger.targetTransactions(),
            wave.to());
  }

  private static @Nullable String left(WaveSection.Ledger ledger) {
    List<String> left = new ArrayList<>();
    add(left, ledger.incomparable(), "values that one side's log did not carry");
    add(left, ledger.unbalanced(), "changes before the ledger began, or beside a gap");
    return left.isEmpty() ? null : String.join(", ", left);
  }

  private void history() {
    if (wave.history().isEmpty()) {
      return;
    }
    html.in("h3", "Changes of the verdict")
        .table(
            List.of("at", "verdict", "position", "changed by"),
            wave.history().stream()
                .map(
                    one ->
                        List.of(
                            new Cell(ReportPage.time(one.at()), "time"),
                            Cell.verdict(one.verdict()),
                            Cell.code(one.position()),
                            Cell.of(
                                one.changedBy()
                                    + (one.reason() == null ? "" : " (" + one.reason() + ")"))))
                .toList());
  }
}
