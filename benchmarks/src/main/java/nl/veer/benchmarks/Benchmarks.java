package nl.veer.benchmarks;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the measurements and prints a line for each. */
@Command(
    name = "benchmarks",
    mixinStandardHelpOptions = true,
    description =
        "Measures load, capture, apply, lag, scans, the ledger and the outage of cutovers on an"
            + " embedded sandbox.",
    footer = {
      "",
      "Examples:",
      "  benchmarks/run all",
      "  benchmarks/run load --rows 2000000",
      "  benchmarks/run lag --seconds 30",
      "  benchmarks/run scan --rows 1000000",
      "  benchmarks/run ledger --rows 500000",
      "  benchmarks/run cutover --rows 500000 --times 20"
    })
public final class Benchmarks implements Callable<Integer> {

  /** What can be measured. */
  enum Subject {
    LOAD,
    CAPTURE,
    APPLY,
    LAG,
    SCAN,
    LEDGER,
    CUTOVER,
    ALL
  }

  @Parameters(
      arity = "0..1",
      defaultValue = "all",
      description = "What to measure: ${COMPLETION-CANDIDATES}. Default: all.")
  private Subject subject = Subject.ALL;

  @Option(names = "--rows", defaultValue = "500000", description = "Rows per measurement.")
  private long rows = 500_000;

  @Option(names = "--seconds", defaultValue = "20", description = "Length of each lag measurement.")
  private int seconds = 20;

  @Option(names = "--times", defaultValue = "20", description = "How many cutovers.")
  private int times = 20;

  @Option(
      names = "--turns",
      defaultValue = "5",
      description = "How often capture and stock Debezium take turns.")
  private int turns = 5;

  @Option(
      names = "--rate",
      defaultValue = "300",
      description = "Transactions per second while it is cut over.")
  private int rate = 300;

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Benchmarks()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    if (asked(Subject.SCAN)) {
      for (Shape shape : new Shape[] {Shape.NARROW, Shape.WIDE}) {
        ScanBenchmark.run(shape, rows * (shape == Shape.NARROW ? 2 : 1)).forEach(Benchmarks::print);
      }
      if (subject == Subject.SCAN) {
        return 0;
      }
    }
    if (asked(Subject.CUTOVER)) {
      CutoverBenchmark.run(rate, rows / 5, times).forEach(Benchmarks::print);
      if (subject == Subject.CUTOVER) {
        return 0;
      }
    }
    try (World world = new World()) {
      for (Shape shape : new Shape[] {Shape.NARROW, Shape.WIDE}) {
        if (asked(Subject.LOAD)) {
          print(LoadBenchmark.run(world, shape, rows * (shape == Shape.NARROW ? 4 : 1)));
        }
        if (asked(Subject.CAPTURE)) {
          CaptureBenchmark.run(world, shape, rows, turns).forEach(Benchmarks::print);
        }
        if (asked(Subject.APPLY)) {
          ApplyBenchmark.run(world, shape, rows).forEach(Benchmarks::print);
        }
        if (asked(Subject.LEDGER)) {
          LedgerBenchmark.run(world, shape, rows).forEach(Benchmarks::print);
        }
      }
      if (asked(Subject.LAG)) {
        for (int rate : new int[] {300, 1_000, 3_000}) {
          print(LagBenchmark.run(world, rate, Duration.ofSeconds(seconds)));
        }
      }
    }
    return 0;
  }

  private boolean asked(Subject candidate) {
    return subject == candidate || subject == Subject.ALL;
  }

  private static void print(Measurement measurement) {
    System.out.println(measurement);
  }
}
