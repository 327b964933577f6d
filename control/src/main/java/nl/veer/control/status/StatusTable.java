package nl.veer.control.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.veer.control.config.Size;
import org.jspecify.annotations.Nullable;

/** Lays a status out as a table for people. Pure. */
public final class StatusTable {
  private static final List<String> HEAD =
      List.of("WAVE", "STATE", "LOADED", "SOURCE", "LOG", "APPLIED", "TX", "LAG", "BEHIND");

  /** It should be known; the reason stands below. */
  private static final String UNKNOWN = "?";

  /** There is none yet, or another process has it. */
  private static final String NONE = "-";

  private StatusTable() {}

  /** A head, a line for each wave, and below it what is wrong with it. */
  public static List<String> lines(List<WaveStatus> waves) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    waves.forEach(wave -> rows.add(row(wave)));
    int[] widths = new int[HEAD.size()];
    rows.forEach(row -> widen(widths, row));
    List<String> lines = new ArrayList<>();
    lines.add(line(HEAD, widths));
    for (WaveStatus wave : waves) {
      lines.add(line(row(wave), widths));
      if (wave.failure() != null) {
        lines.add("  ! " + wave.failure());
      }
      wave.unknown().forEach(reason -> lines.add("  ? " + reason));
    }
    return lines;
  }

  /** One line for a log, where a table cannot be redrawn. */
  public static String plain(WaveStatus wave) {
    return "wave %s: %s, loaded %s, applied %s (%s tx), lag %s, behind %s%s"
        .formatted(
            wave.wave(),
            wave.state(),
            loaded(wave.load()),
            position(wave, wave.appliedPosition()),
            applied(wave),
            lag(wave),
            behind(wave),
            wave.failure() == null ? "" : "; " + wave.failure());
  }

  private static List<String> row(WaveStatus wave) {
    return List.of(
        wave.wave(),
        wave.state().toString(),
        loaded(wave.load()),
        position(wave, wave.sourcePosition()),
        position(wave, wave.logPosition()),
        position(wave, wave.appliedPosition()),
        applied(wave),
        lag(wave),
        behind(wave));
  }

  private static String loaded(LoadStatus load) {
    String tables = "%d/%d tables".formatted(load.complete(), load.tables());
    String rows = ", %,d rows".formatted(load.rows());
    if (load.complete() == load.tables() || load.rowsPerSecond() <= 0) {
      return tables + rows;
    }
    String rate = ", %,.0f rows/s".formatted(load.rowsPerSecond());
    long left = load.estimatedRows() - load.rows();
    return tables
        + rows
        + rate
        + (left > 0 ? ", %,d s left".formatted((long) (left / load.rowsPerSecond()) + 1) : "");
  }

  private static String position(WaveStatus wave, @Nullable String position) {
    return position == null ? none(wave) : position;
  }

  private static String applied(WaveStatus wave) {
    Long number = wave.appliedTransactions();
    return number == null ? none(wave) : "%,d".formatted(number);
  }

  private static String lag(WaveStatus wave) {
    Long millis = wave.lagMillis();
    if (millis == null) {
      return none(wave);
    }
    return millis < 10_000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }

  private static String behind(WaveStatus wave) {
    Long bytes = wave.bytesBehind();
    Long transactions = wave.transactionsBehind();
    if (bytes == null && transactions == null) {
      return none(wave);
    }
    return Stream.of(
            bytes == null ? "" : Size.approximately(bytes),
            transactions == null ? "" : "%,d tx".formatted(transactions))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String none(WaveStatus wave) {
    return wave.unknown().isEmpty() ? NONE : UNKNOWN;
  }

  private static void widen(int[] widths, List<String> row) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], row.get(i).length());
    }
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
    }
    return line.toString().stripTrailing();
  }
}
