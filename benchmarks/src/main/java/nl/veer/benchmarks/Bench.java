package nl.veer.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import nl.veer.benchmarks.contest.Peer;
import nl.veer.benchmarks.contest.Standings;
import nl.veer.benchmarks.cost.Machine;
import nl.veer.benchmarks.ground.World;
import nl.veer.benchmarks.report.JsonReport;
import nl.veer.benchmarks.report.TextReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures Veer beside its peers, and prints what came of it. */
@Command(
    name = "veer bench",
    mixinStandardHelpOptions = true,
    subcommands = {Micro.class, Tune.class},
    sortOptions = false,
    description = {
      "Measures Veer beside what people would pick instead, on servers of its own: each in turn"
          + " over the same data, again and again. Other machines give other figures; what lasts is"
          + " how those of one run compare. Takes an hour with all suites."
    },
    footer = {
      "",
      "Examples:",
      "  ./veer bench --suite load",
      "  ./veer bench --suite pipeline --rows 1000000 --against connect --against native",
      "  ./veer bench --suite capture --only 'inserts in transactions of 1$'",
      "  ./veer bench --suite cutover --cutovers 20",
      "  ./veer bench --quick",
      "  ./veer bench micro Digest",
      "  ./veer bench --json bench.json"
    })
public final class Bench implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--suite",
      paramLabel = "SUITE",
      description = "What to measure, may be given again: ${COMPLETION-CANDIDATES}. Default: all.")
  private List<Suite> suites = new ArrayList<>();

  @Option(
      names = "--only",
      paramLabel = "REGEX",
      description =
          "Of a suite's contests, those in whose name this is found, as 'narrow.* of 1$'. Default:"
              + " all.")
  private Pattern only = Pattern.compile("");

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "500000",
      description = "Rows of a narrow table; fewer of wider ones. Default: ${DEFAULT-VALUE}.")
  private long rows = 500_000;

  @Option(
      names = "--against",
      paramLabel = "PEER",
      description =
          "Whom to measure beside Veer, may be given again: copy, pgcopydb, engine, native,"
              + " connect, sql. Default: all.")
  private List<Peer> peers = new ArrayList<>();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Turns of each that count. Default: ${DEFAULT-VALUE}.")
  private int rounds = 5;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "20",
      description = "Length of each measurement of latency. Default: ${DEFAULT-VALUE}.")
  private int seconds = 20;

  @Option(
      names = "--cutovers",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many. Default: ${DEFAULT-VALUE}.")
  private int cutovers = 20;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "300",
      description = "Transactions per second while it is cut over. Default: ${DEFAULT-VALUE}.")
  private int rate = 300;

  @Option(
      names = "--quick",
      description =
          "A little of everything in under three minutes; fails if a ratio is less than half of"
              + " what it was when it was written down.")
  private boolean quick;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Writes every turn of every contest to this file, too.")
  private @Nullable Path json;

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = commandLine().getOut();
    PrintWriter err = commandLine().getErr();
    Machine machine = Machine.here();
    out.println(machine.words());
    List<Standings> all = new ArrayList<>();
    Plan plan =
        new Plan(
            rows,
            rounds,
            Duration.ofSeconds(seconds),
            cutovers,
            rate,
            only,
            peers.isEmpty() ? everyone() : EnumSet.copyOf(peers),
            line -> {
              err.println(line);
              err.flush();
            },
            standings -> {
              all.add(standings);
              print(out, standings);
              write(machine, all);
            });
    if (quick) {
      measure(QuickSuite::run, plan);
    } else {
      for (Suite suite : chosenSuites()) {
        measure(suite::run, plan);
      }
    }
    List<String> lost = quick ? Floors.shipped().lost(all) : List.of();
    lost.forEach(out::println);
    out.flush();
    return lost.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private Set<Peer> everyone() {
    return quick ? QuickSuite.PEERS : EnumSet.allOf(Peer.class);
  }

  private Set<Suite> chosenSuites() {
    return suites.isEmpty() ? EnumSet.allOf(Suite.class) : EnumSet.copyOf(suites);
  }

  private interface Measuring {
    void run(World world, Plan plan) throws Exception;
  }

  private static void measure(Measuring measuring, Plan plan) throws Exception {
    try (World world = new World()) {
      measuring.run(world, plan);
    }
  }

  private void print(PrintWriter out, Standings standings) {
    out.println();
    (quick ? TextReport.ratios(standings) : TextReport.lines(standings)).forEach(out::println);
    out.flush();
  }

  private void write(Machine machine, List<Standings> all) {
    if (json != null) {
      try {
        JsonReport.write(json, machine, Instant.now(), all);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private CommandLine commandLine() {
    return Objects.requireNonNull(spec).commandLine();
  }
}
