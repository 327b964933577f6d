package nl.veer.benchmarks;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import nl.veer.benchmarks.apply.SinkVariants;
import nl.veer.benchmarks.ground.Shape;
import nl.veer.benchmarks.ground.World;
import nl.veer.benchmarks.ground.Writing;
import nl.veer.benchmarks.report.TextReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks for the settings that Debezium's JDBC sink is fastest with. */
@Command(
    name = "tune",
    mixinStandardHelpOptions = true,
    description = {
      "Measures variants of Debezium's JDBC sink in turns, so that the peer is held against Veer at"
          + " its best."
    },
    footer = {
      "",
      "Example:",
      "  ./veer bench tune plain: large:batch.size=10000 \\",
      "      unnest:dialect.postgres.unnest.insert.enabled=true"
    })
final class Tune implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "50000",
      description = "Narrow rows of each kind of change. Default: ${DEFAULT-VALUE}.")
  private long rows = 50_000;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Turns of each that count. Default: ${DEFAULT-VALUE}.")
  private int rounds = 3;

  @Parameters(
      arity = "1..*",
      paramLabel = "NAME:KEY=VALUE,...",
      description = "What to set in place of, or beside, the plain form's settings.")
  private List<String> variants = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    SinkVariants sinks = SinkVariants.parse(variants);
    try (World world = new World()) {
      for (Writing.Kind kind : Writing.Kind.values()) {
        Writing writing = new Writing(kind, rows, 1_000);
        TextReport.lines(sinks.contest(world, Shape.NARROW, writing, rounds).run(out::println))
            .forEach(out::println);
        out.flush();
      }
    }
    return 0;
  }
}
