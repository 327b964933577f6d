package nl.veer.control.cli;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.audit.Audited;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.mending.Blaming;
import nl.veer.control.mending.WaveDifferences;
import nl.veer.control.scan.Scans;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.Waves;
import nl.veer.verifier.blame.RowValues;
import nl.veer.verifier.blame.Suspect;
import nl.veer.verifier.record.DifferenceRecord;
import nl.veer.verifier.record.LedgerStore;
import nl.veer.verifier.record.ScanStore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What differs, and who made it. */
@Command(
    name = "diff",
    description = {
      "Lists what differs: rows that scans have proven to differ, and what the ledger found, each",
      "with where it was seen and who made it: CAPTURE, APPLY, TARGET, FOREIGN_WRITER, LOAD, or",
      "UNKNOWN with the reason. Of what is not known yet the log and the echo are read for it. Rows",
      "are named by the digest of their key; --show-values shows the key and both sides' values, and",
      "that it was asked for is kept in veer.audit on the target."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Nothing is known to differ. That is no verdict: see veer status and veer scan.",
      "1:Something differs.",
      "2:The command line or the configuration is wrong.",
      "3:Nobody has looked, or it could not be read."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  veer diff",
      "  veer diff --table shop.orders --show-values",
      "  veer diff --all --no-blame",
      "  veer diff --json | jq '.[] | {table, kind, culprit}'"
    })
final class DiffCommand implements Callable<Integer> {
  private static final Duration ANSWER = Duration.ofSeconds(30);

  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(names = "--wave", paramLabel = "WAVE", description = "Only this wave.")
  private @Nullable String wave;

  @Option(names = "--table", paramLabel = "TABLE", description = "Only this table: schema.table.")
  private @Nullable String table;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "At most so many of each kind per wave, oldest first.")
  private int limit;

  @Option(names = "--all", description = "Also what is closed: repaired, or gone.")
  private boolean all;

  @Option(
      names = "--no-blame",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Do not find out who made what is not known yet.")
  private boolean blame = true;

  @Option(names = "--show-values", description = "Show the rows' keys and differing values.")
  private boolean values;

  @Option(names = "--json", description = "Print the list as JSON.")
  private boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new ParameterException(spec.commandLine(), "--limit: at least 1");
    }
    try {
      return list();
    } catch (Failure failure) {
      return Unanswered.of(failure, spec.commandLine().getErr());
    }
  }

  private int list() {
    VeerConfig read = config.read();
    Migration migration = Migration.of(read);
    List<Leg> legs = Waves.legs(read, migration, wave);
    TableId chosen = TableChoice.of(table, legs);
    List<DiffLine> lines = new ArrayList<>();
    boolean looked = true;
    StopSignal stop = new StopSignal();
    try (CleanExit exit = CleanExit.with(stop::raise)) {
      for (Leg leg : legs) {
        if (values) {
          Audited.of(read)
              .asked(
                  leg.home().wave(),
                  "veer diff --show-values" + (table == null ? "" : " of " + table));
        }
        Migration along = migration.along(leg);
        looked &= isLookedAt(along, leg.wave());
        lines.addAll(lines(read, along, leg.wave(), chosen, stop));
      }
    }
    print(lines);
    if (!looked && lines.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println("There is a wave without a ledger and without a scan: nobody has looked.");
      return ExitCode.UNKNOWN;
    }
    return lines.stream().anyMatch(line -> line.closedBy() == null) ? ExitCode.FAILED : ExitCode.OK;
  }

  private boolean isLookedAt(Migration migration, WaveId id) {
    try (Connection connection = migration.target().openBounded("diff", ANSWER)) {
      return LedgerStore.view(connection, id).isPresent() || ScanStore.isScanned(connection, id);
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "reading what differs");
    }
  }

  private List<DiffLine> lines(
      VeerConfig read, Migration migration, WaveId id, @Nullable TableId chosen, StopSignal stop) {
    WaveDifferences found = found(migration, id, chosen);
    Map<Suspect, RowValues> shown = Map.of();
    try (TopicProgress progress = new TopicProgress(Console.of(spec.commandLine().getErr()))) {
      Blaming blaming = new Blaming(id, migration, () -> Scans.log(read), stop, progress);
      if (blame && !found.isEmpty()) {
        blame(blaming, found);
        found = found(migration, id, chosen);
      }
      if (values) {
        shown = blaming.values(found);
      }
    }
    List<DiffLine> lines = new ArrayList<>();
    for (DifferenceRecord one : found.differences()) {
      lines.add(DiffLine.of(id, one, values, shown.get(new Suspect(one.table(), one.key()))));
    }
    found.findings().forEach(one -> lines.add(DiffLine.of(id, one, values)));
    return lines;
  }

  private WaveDifferences found(Migration migration, WaveId id, @Nullable TableId chosen) {
    try (Connection connection = migration.target().openBounded("diff", ANSWER)) {
      return WaveDifferences.read(connection, id, chosen, limit, all);
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "reading what differs");
    }
  }

  /** A list without culprits is better than none. */
  private void blame(Blaming blaming, WaveDifferences found) {
    try {
      blaming.run(found);
    } catch (Failure failure) {
      if (failure.kind() == FailureKind.CONFIGURATION) {
        throw failure;
      }
      PrintWriter err = spec.commandLine().getErr();
      err.println("veer: who made it is not known now: " + failure.getMessage());
      err.flush();
    }
  }

  private void print(List<DiffLine> lines) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.write(lines));
      return;
    }
    if (lines.isEmpty()) {
      out.println(
          "Nothing is known to differ" + (table == null ? "." : " in table " + table + "."));
    }
    lines.forEach(line -> line.lines().forEach(out::println));
    out.flush();
  }
}
