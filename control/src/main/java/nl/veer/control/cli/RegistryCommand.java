package nl.veer.control.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.sandbox.process.SandboxFailure;
import nl.veer.sandbox.registry.SandboxRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The registry that Veer brings along, for roles that run elsewhere. */
@Command(
    name = "registry",
    description = {
      "Runs the schema registry that Veer brings along until Ctrl-C. What it holds is",
      "in a file, written through; back that up as the log itself. It asks nobody who",
      "they are: let nobody reach it but Veer."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  veer sandbox registry --data registry-data",
      "  veer sandbox registry --data /var/lib/veer --address 0.0.0.0 --port 8081"
    })
final class RegistryCommand implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofSeconds(1);

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "Where its schemas are kept.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path data;

  @Option(
      names = "--address",
      paramLabel = "IP",
      defaultValue = "127.0.0.1",
      description = "Where it listens; ${DEFAULT-VALUE} if not given.")
  private String address = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8081",
      description = "Its port; ${DEFAULT-VALUE} if not given.")
  private int port;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    StopSignal stop = new StopSignal();
    try (CleanExit exit = CleanExit.with(stop::raise);
        SandboxRegistry registry = SandboxRegistry.start(data, address, port)) {
      out.println("Registry: " + registry.url());
      out.println("End it with Ctrl-C.");
      out.flush();
      while (!stop.await(LOOK)) {
        if (!registry.isAlive()) {
          err.println("veer: the registry has ended; see server.log in " + data);
          err.flush();
          return ExitCode.FAILED;
        }
      }
      return ExitCode.OK;
    } catch (SandboxFailure e) {
      if (stop.isRaised()) {
        return ExitCode.OK;
      }
      err.println("veer: " + e.getMessage());
      err.flush();
      return ExitCode.FAILED;
    }
  }
}
