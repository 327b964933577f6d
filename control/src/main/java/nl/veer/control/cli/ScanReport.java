package nl.veer.control.cli;

import java.util.ArrayList;
import java.util.List;
import nl.veer.verifier.verdict.Cuts;
import nl.veer.verifier.verdict.Difference;
import nl.veer.verifier.verdict.Exclusion;
import nl.veer.verifier.verdict.ScanStatement;
import nl.veer.verifier.verdict.TableStatement;
import nl.veer.verifier.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A scan's statement as it is shown: in lines, and as JSON. Keys are rows' values, so they are only
 * in it where they were asked for.
 *
 * @param wave null for two databases without one
 * @param onePosition whether everything was seen in one state of each side
 * @param from where the first chunk was compared; null if none was
 * @param to where the last chunk was compared
 */
record ScanReport(
    @Nullable String wave,
    String verdict,
    @Nullable String reason,
    String startedAt,
    long millis,
    String hash,
    boolean onePosition,
    @Nullable At from,
    @Nullable At to,
    List<Table> tables) {

  /**
   * Positions of both sides.
   *
   * @param applied the source's position that the target's stamp names; null without a wave
   */
  record At(String source, String target, @Nullable String applied) {
    static @Nullable At of(@Nullable Cuts cuts) {
      return cuts == null
          ? null
          : new At(
              cuts.source().position().text(),
              cuts.target().position().text(),
              cuts.target().stamp() == null ? null : cuts.target().stamp().position().text());
    }
  }

  /** One table. */
  record Table(
      String table,
      String verdict,
      @Nullable String reason,
      @Nullable String words,
      long sourceRows,
      long targetRows,
      String sourceSum,
      String targetSum,
      long settled,
      long differing,
      long unsettled,
      long settledLater,
      long unexamined,
      long chunks,
      boolean onePosition,
      @Nullable At from,
      @Nullable At to,
      long millis,
      List<Exclusion> exclusions,
      List<Row> differences) {}

  /**
   * A row that differs.
   *
   * @param key null unless asked for
   */
  record Row(String kind, List<String> columns, @Nullable List<String> key) {}

  static ScanReport of(@Nullable String wave, ScanStatement statement, boolean keys) {
    return new ScanReport(
        wave,
        statement.verdict().word(),
        reason(statement.verdict()),
        statement.startedAt().toString(),
        statement.duration().toMillis(),
        statement.hash(),
        statement.onePosition(),
        At.of(statement.first()),
        At.of(statement.last()),
        statement.tables().stream().map(table -> table(table, keys)).toList());
  }

  private static Table table(TableStatement table, boolean keys) {
    long rows = Math.max(table.source().rows(), table.target().rows());
    return new Table(
        table.table().toString(),
        table.verdict().word(),
        reason(table.verdict()),
        table.verdict() instanceof Verdict.Unknown unknown ? unknown.words() : null,
        table.source().rows(),
        table.target().rows(),
        table.source().text(),
        table.target().text(),
        Math.max(0, rows - table.unsettled() - table.unexamined()),
        table.differing(),
        table.unsettled(),
        table.settledLater(),
        table.unexamined(),
        table.chunks(),
        table.onePosition(),
        At.of(table.first()),
        At.of(table.last()),
        table.duration().toMillis(),
        table.exclusions(),
        table.differences().stream().map(difference -> row(difference, keys)).toList());
  }

  private static Row row(Difference difference, boolean keys) {
    return new Row(
        difference.kind().name(), difference.columns(), keys ? difference.key().texts() : null);
  }

  private static @Nullable String reason(Verdict verdict) {
    return verdict instanceof Verdict.Unknown unknown ? unknown.reason().name() : null;
  }

  /** For people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Table table : tables) {
      lines.add(
          "%-9s %s: %,d rows at the source, %,d at the target%s"
              .formatted(
                  table.verdict, table.table, table.sourceRows, table.targetRows, counts(table)));
      if (table.words != null) {
        lines.add("          " + table.reason + ": " + table.words);
      }
      for (Exclusion exclusion : table.exclusions) {
        lines.add(
            "          column %s is not compared (%s): %,d rows"
                .formatted(exclusion.column(), exclusion.why(), exclusion.rows()));
      }
      table.differences.stream().limit(10).forEach(row -> lines.add("          " + line(row)));
      if (table.differences.size() > 10) {
        lines.add("          … --json shows more");
      }
    }
    lines.add(
        "%s%s%s: %d tables, in %.1f s, by %s"
            .formatted(
                wave == null ? "" : "wave " + wave + ": ",
                verdict,
                reason == null ? "" : " (" + reason + ")",
                tables.size(),
                millis / 1000.0,
                hash));
    if (from != null && to != null) {
      lines.add(
          onePosition
              ? "all chunks at one position: " + line(to)
              : "each chunk at its own position: from " + line(from) + " to " + line(to));
    }
    return lines;
  }

  private static String counts(Table table) {
    StringBuilder counts = new StringBuilder();
    append(counts, table.differing, "differ");
    append(counts, table.unexamined, "more differed at one look");
    append(counts, table.unsettled, "unsettled");
    append(counts, table.settledLater, "changing, then equal");
    return counts.toString();
  }

  private static void append(StringBuilder counts, long number, String what) {
    if (number > 0) {
      counts.append(", %,d %s".formatted(number, what));
    }
  }

  private static String line(Row row) {
    String columns = row.columns.isEmpty() ? "" : " in " + String.join(", ", row.columns);
    String key = row.key == null ? "" : " key " + row.key;
    return "row " + row.kind.toLowerCase(java.util.Locale.ROOT) + columns + key;
  }

  private static String line(At at) {
    return "source "
        + at.source
        + ", target "
        + at.target
        + (at.applied == null ? "" : " (applied up to the source's " + at.applied + ")");
  }
}
