package nl.veer.control.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.audit.Audited;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.mending.WaveDifferences;
import nl.veer.control.mending.WaveRepair;
import nl.veer.control.scan.Scans;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.Waves;
import nl.veer.verifier.record.DifferenceRecord;
import nl.veer.verifier.repair.Mended;
import nl.veer.verifier.repair.Mended.State;
import nl.veer.verifier.repair.RepairSql;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mends rows of the target that differ. */
@Command(
    name = "repair",
    description = {
      "Mends rows of the target that a scan has proven to differ. Without --apply it only writes the",
      "plan: one statement per row, to look at, values masked. With --apply each row is written if it",
      "is proven what belongs there, and if the target's row still is what the plan saw; the ledger",
      "knows the transaction as Veer's. Then the rows are compared again. The wave goes on meanwhile."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:All is repaired, or there is nothing to repair.",
      "1:Something is left as it was; without --apply: there is something to repair.",
      "2:The command line or the configuration is wrong.",
      "3:It could not be done, or it was stopped: nothing is half written."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  veer repair                                   the plan, values masked",
      "  veer repair --show-values --out plan.sql      the plan with values, readable by you only",
      "  veer repair --table shop.orders --apply"
    })
final class RepairCommand implements Callable<Integer> {
  private static final Duration ANSWER = Duration.ofSeconds(30);

  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(names = "--wave", paramLabel = "WAVE", description = "Only this wave.")
  private @Nullable String wave;

  @Option(names = "--table", paramLabel = "TABLE", description = "Only this table: schema.table.")
  private @Nullable String table;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "At most so many rows per wave, oldest differences first.")
  private int limit;

  @Option(names = "--apply", description = "Carry the plan out.")
  private boolean apply;

  @Option(names = "--show-values", description = "Write the plan with the rows' values.")
  private boolean values;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the plan there, readable by you only, not to the output.")
  private @Nullable Path out;

  @Option(names = "--json", description = "Print what became of each row as JSON.")
  private boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  private final List<RepairLine> lines = new ArrayList<>();
  private int planned;
  private int findings;
  private boolean more;

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new ParameterException(spec.commandLine(), "--limit: at least 1");
    }
    try {
      return mend();
    } catch (Failure failure) {
      if (failure.kind() == FailureKind.CONFIGURATION) {
        throw failure;
      }
      print();
      return Unanswered.of(failure, spec.commandLine().getErr());
    }
  }

  private int mend() {
    VeerConfig read = config.read();
    Migration migration = Migration.of(read);
    List<Leg> legs = Waves.legs(read, migration, wave);
    TableId chosen = TableChoice.of(table, legs);
    StopSignal stop = new StopSignal();
    try (CleanExit exit = CleanExit.with(stop::raise);
        PlanText plan = PlanText.to(out, json ? null : spec.commandLine().getOut())) {
      for (Leg leg : legs) {
        Migration along = migration.along(leg);
        if (values || apply) {
          Audited.of(read)
              .around(
                  leg.home().wave(),
                  words(),
                  () -> mend(read, along, leg.wave(), chosen, plan, stop));
        } else {
          mend(read, along, leg.wave(), chosen, plan, stop);
        }
      }
    }
    print();
    if (stop.isRaised()) {
      return ExitCode.UNKNOWN;
    }
    boolean left = lines.stream().anyMatch(line -> line.state().equals(State.LEFT.name()));
    return left || more || (!apply && planned > 0) ? ExitCode.FAILED : ExitCode.OK;
  }

  /** What is done, as the audit log keeps it. */
  private String words() {
    return "veer repair"
        + (values ? " --show-values" : "")
        + (apply ? " --apply" : "")
        + (table == null ? "" : " of " + table);
  }

  private void mend(
      VeerConfig read,
      Migration migration,
      WaveId id,
      @Nullable TableId chosen,
      PlanText text,
      StopSignal stop) {
    List<DifferenceRecord> open = open(migration, id, chosen);
    if (open.isEmpty()) {
      return;
    }
    Console console = Console.of(spec.commandLine().getErr());
    try (WaveRepair repair = new WaveRepair(id, migration, Scans.log(read), stop)) {
      WaveRepair.Plan plan =
          repair.plan(
              open,
              (of, row, pair) -> {
                planned++;
                text.line(RepairSql.statement(of, row, pair, values) + ";");
              });
      plan.refused().forEach((refused, why) -> lines.add(RepairLine.refused(id, refused, why)));
      if (apply) {
        repair.prepare();
        for (WaveRepair.Slice slice : plan.slices()) {
          if (stop.isRaised()) {
            break;
          }
          for (Mended row : repair.apply(slice)) {
            lines.add(RepairLine.of(id, row));
          }
          console.redraw(List.of("%,d of %,d rows".formatted(lines.size(), open.size())));
        }
        console.redraw(List.of());
      }
    }
    warnOfTheLog(open);
  }

  /** A repair of the target's row does not mend what the log has wrong. */
  private void warnOfTheLog(List<DifferenceRecord> open) {
    long captured = open.stream().filter(one -> "CAPTURE".equals(one.culprit())).count();
    if (captured > 0) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(
          "veer: of %d rows the log itself is wrong (CAPTURE): a repair mends the target's row only."
                  .formatted(captured)
              + " What else the log lacks is not known; see veer diff, and the runbook.");
      err.flush();
    }
  }

  private List<DifferenceRecord> open(Migration migration, WaveId id, @Nullable TableId chosen) {
    try (Connection connection = migration.target().openBounded("repair", ANSWER)) {
      WaveDifferences found =
          WaveDifferences.read(
              connection, id, chosen, Math.min(limit, Integer.MAX_VALUE - 1) + 1, false);
      findings += found.findings().size();
      List<DifferenceRecord> open = found.differences();
      more |= open.size() > limit;
      return open.subList(0, Math.min(limit, open.size()));
    } catch (SQLException e) {
      throw PostgresFailures.target(e, "reading what differs");
    }
  }

  private void print() {
    PrintWriter to = spec.commandLine().getOut();
    if (json) {
      to.println(Json.write(lines));
    } else if (planned == 0 && lines.isEmpty()) {
      to.println(
          "There is nothing to repair: no scan has proven a row to differ."
              + (findings == 0
                  ? ""
                  : " The ledger has open findings: run veer scan, which closes those whose tables"
                      + " are equal and proves the others."));
    } else {
      lines.forEach(line -> to.println(line.text()));
      to.println(
          apply
              ? "%d repaired, %d equal already, %d left."
                  .formatted(count(State.REPAIRED), count(State.EQUAL), count(State.LEFT))
              : "%d rows to repair. Nothing was changed; --apply carries it out."
                  .formatted(planned));
    }
    to.flush();
  }

  private long count(State state) {
    return lines.stream().filter(line -> line.state().equals(state.name())).count();
  }
}
