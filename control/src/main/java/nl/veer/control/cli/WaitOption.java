package nl.veer.control.cli;

import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How long a role waits at its start. */
final class WaitOption {
  @Option(
      names = "--wait-for-source",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "How long a source that is starting or not reachable is waited for at the start;"
              + " ${DEFAULT-VALUE} if not given.")
  private int seconds;

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  Duration length() {
    if (seconds < 0) {
      throw new ParameterException(spec.commandLine(), "--wait-for-source must not be below zero");
    }
    return Duration.ofSeconds(seconds);
  }
}
