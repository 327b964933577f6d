package nl.veer.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Runs JMH over the micro-benchmarks. */
@Command(
    name = "micro",
    description = {
      "Runs the micro-benchmarks of codec, digest and reducer. Takes what JMH takes: a pattern of"
          + " names, -f forks, -prof gc, and so on."
    })
final class Micro implements Callable<Integer> {
  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    org.openjdk.jmh.Main.main(arguments.toArray(String[]::new));
    return 0;
  }
}
