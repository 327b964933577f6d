package nl.veer.control.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.wave.ProcessFile;
import nl.veer.control.wave.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Ends the processes that hold roles. */
@Command(
    name = "stop",
    description = {
      "Ends veer run, capture, replicate and verify of this configuration on this",
      "machine, cleanly, and waits for their end. Only a process whose id and start",
      "are the recorded ones is ended."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  veer stop", "  veer stop --wait 300"})
final class StopCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "90",
      description = "How long to wait for the end; ${DEFAULT-VALUE} if not given.")
  private int seconds;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    VeerConfig read = config.read();
    PrintWriter out = spec.commandLine().getOut();
    List<ProcessFile.Running> all = new ArrayList<>();
    for (Role role : Role.values()) {
      ProcessFile.running(read.data(), role).ifPresent(all::add);
    }
    if (all.isEmpty()) {
      out.println("Nothing of " + read.migration() + " runs here.");
    }
    all.forEach(running -> running.process().destroy());
    boolean ended = true;
    for (ProcessFile.Running running : all) {
      boolean gone = awaitEnd(running.process());
      String word = running.role().word();
      long pid = running.process().pid();
      out.println(
          gone
              ? "veer %s (process %d) has ended.".formatted(word, pid)
              : "veer %s (process %d) still runs after %d s.".formatted(word, pid, seconds));
      ended &= gone;
    }
    return ended ? ExitCode.OK : ExitCode.FAILED;
  }

  private boolean awaitEnd(ProcessHandle process) throws InterruptedException {
    try {
      process.onExit().get(seconds, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
