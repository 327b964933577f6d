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
      lines.add("  " + wave.leg().words());
      lines.addAll(roles(wave.roles()));
      lines.addAll(echo(wave.echo()));
      lines.addAll(ledger(wave.ledger()));
      lines.addAll(verdict(wave.verdict()));
      wave.unknown().forEach(reason -> lines.add("  ? " + reason));
    }
    return lines;
  }

  /** One line of who does what, and one for each that is silent or says that it is not well. */
  private static List<String> roles(List<RoleFigures> roles) {
    if (roles.stream().allMatch(role -> role.lastWord() == null)) {
      return roles.isEmpty()
          ? List.of()
          : List.of("  roles? none has ever said anything: judged by what the servers show");
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "  roles: "
            + roles.stream()
                .map(role -> role.role() + " " + said(role))
                .collect(Collectors.joining(", ")));
    String wordless =
        roles.stream()
            .filter(role -> role.lastWord() == null)
            .map(RoleFigures::role)
            .collect(Collectors.joining(", "));
    if (!wordless.isEmpty()) {
      lines.add("  roles? no word of " + wordless + ": judged by what the servers show");
    }
    for (RoleFigures role : roles) {
      Long age = role.ageMillis();
      if (role.isSilent() && age != null) {
        lines.add(
            "  %s! silent for %s; its last word was %s (process %s)"
                .formatted(role.role(), duration(age), role.lastWord(), role.instance()));
      }
      if (role.failure() != null) {
        lines.add("  %s! %s".formatted(role.role(), role.failure()));
      }
    }
    return lines;
  }

  private static String said(RoleFigures role) {
    String processes = role.processes() > 1 ? " (%d processes)".formatted(role.processes()) : "";
    return role.lastWord() == null ? UNKNOWN : role.state() + processes;
  }

  private static List<String> echo(@Nullable EchoStatus echo) {
    if (echo == null) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    Long kept = echo.bytesKept();
    lines.add(
        "  echo: " + echoed(echo) + (kept == null ? "" : ", keeps " + Size.approximately(kept)));
    if (echo.failure() != null) {
      lines.add("  echo! " + echo.failure());
    }
    return lines;
  }

  private static List<String> ledger(@Nullable LedgerFigures ledger) {
    if (ledger == null) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("  ledger: " + balanced(ledger));
    if (ledger.findings() > 0) {
      lines.add("  ledger! %,d findings: veer diff".formatted(ledger.findings()));
    }
    if (ledger.failure() != null) {
      lines.add("  ledger! " + ledger.failure());
    }
    return lines;
  }

  private static List<String> verdict(@Nullable VerdictFigures verdict) {
    if (verdict == null) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("  verdict: " + judged(verdict));
    if (verdict.words() != null) {
      lines.add("  verdict? " + verdict.words());
    }
    if (verdict.scans() != null) {
      lines.add("  scans: " + verdict.scans());
    }
    return lines;
  }

  private static String judged(VerdictFigures verdict) {
    Long age = verdict.ageMillis();
    boolean unknown = verdict.reason() != null;
    return verdict.verdict()
        + (unknown ? " (" + verdict.reason() + ")" : "")
        + (verdict.position() == null
            ? ""
            : (unknown ? ", was EQUAL up to " : " at ") + verdict.position())
        + (age == null ? "" : ", " + duration(age) + " ago");
  }

  /** A line for each table of a wave, and below it what its verdict does not speak of. */
  public static List<String> tables(WaveStatus wave) {
    VerdictFigures verdict = wave.verdict();
    if (verdict == null) {
      return List.of("wave " + wave.wave() + ": no verifier has looked at it yet");
    }
    List<String> lines = new ArrayList<>();
    lines.add("wave %s: %s".formatted(wave.wave(), judged(verdict)));
    for (VerdictFigures.Table table : verdict.tables()) {
      lines.add(
          "  %-9s %s%s%s"
              .formatted(
                  table.verdict(),
                  table.table(),
                  table.differing() > 0 ? ": %,d open".formatted(table.differing()) : "",
                  table.reason() == null ? "" : ": " + table.reason() + ": " + table.words()));
      table
          .exclusions()
          .forEach(
              left ->
                  lines.add(
                      "            column %s is not compared exactly (%s): %,d rows"
                          .formatted(left.column(), left.why(), left.rows())));
    }
    return lines;
  }

  private static String balanced(LedgerFigures ledger) {
    Long lag = ledger.lagMillis();
    return ledger.balancedPosition() == null || lag == null
        ? ledger.state().toString()
        : "%s up to %s (%,d tx, %,d rows), lag %s"
            .formatted(
                ledger.state(),
                ledger.balancedPosition(),
                ledger.transactions(),
                ledger.rows(),
                duration(lag));
  }

  private static String echoed(EchoStatus echo) {
    Long transaction = echo.transaction();
    return echo.position() == null || transaction == null
        ? echo.state().toString()
        : "%s up to %s (%,d tx)".formatted(echo.state(), echo.position(), transaction);
  }

  /** One line for a log, where a table cannot be redrawn. */
  public static String plain(WaveStatus wave) {
    return "wave %s%s: %s, loaded %s, applied %s (%s tx), lag %s, behind %s%s%s"
        .formatted(
            wave.wave(),
            wave.leg().number() == 0 ? "" : ", leg " + wave.leg().number(),
            wave.state(),
            loaded(wave.load()),
            position(wave, wave.appliedPosition()),
            applied(wave),
            lag(wave),
            behind(wave),
            (wave.echo() == null ? "" : ", echo " + echoed(wave.echo()))
                + (wave.ledger() == null ? "" : ", ledger " + balanced(wave.ledger()))
                + (wave.verdict() == null ? "" : ", verdict " + judged(wave.verdict())),
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
    return duration(millis);
  }

  static String duration(long millis) {
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
