package nl.veer.control.cli;

import java.io.PrintWriter;
import java.util.Locale;
import nl.veer.connectors.failure.BareTrace;
import nl.veer.connectors.failure.Failure;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The veer command. */
@Command(
    name = "veer",
    description = "Moves a live database to another server and loses nothing on the way.",
    mixinStandardHelpOptions = true,
    versionProvider = Veer.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:It worked.",
      "1:It failed, or the answer is no.",
      "2:The command line or the configuration is wrong.",
      "3:Something could not be read, so there is no answer."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  veer demo                 watch a shop being carried over while it is in use",
      "  veer init                 write a veer.yaml to begin with",
      "  veer check                find what would go wrong",
      "  veer run                  load, then replicate until stopped",
      "  veer scan                 compare two databases, table by table",
      "  veer gate                 see what is in the way of a cutover",
      "  veer cutover --rehearse   try the cutover, and measure the outage"
    },
    subcommands = {
      InitCommand.class,
      CheckCommand.class,
      RunCommand.class,
      CaptureCommand.class,
      ReplicateCommand.class,
      VerifyCommand.class,
      LoadCommand.class,
      StatusCommand.class,
      DashboardCommand.class,
      ScanCommand.class,
      VerdictCommand.class,
      DiffCommand.class,
      RepairCommand.class,
      GateCommand.class,
      CutoverCommand.class,
      FallbackCommand.class,
      AuditCommand.class,
      ReportCommand.class,
      FinishCommand.class,
      StopCommand.class,
      DropCommand.class,
      DemoCommand.class,
      SandboxCommand.class
    })
public final class Veer implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    JdkLog.silence();
    int code = commandLine().execute(arguments);
    System.exit(code);
  }

  public static CommandLine commandLine() {
    return new CommandLine(new Veer())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Veer::failed)
        .setParameterExceptionHandler(Veer::misused)
        .setExpandAtFiles(false)
        .setUsageHelpLongOptionsMaxWidth(28);
  }

  private static int failed(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (e instanceof Failure failure) {
      err.println("veer: " + failure.getMessage());
      err.flush();
      return ExitCode.of(failure);
    }
    // Without the words: they may quote what the program worked on.
    err.print("veer: unexpected, please report: " + BareTrace.of(e));
    err.flush();
    return ExitCode.FAILED;
  }

  private static int misused(CommandLine.ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("veer: " + e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return ExitCode.USAGE;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"veer " + number()};
    }

    static String number() {
      String built = Veer.class.getPackage().getImplementationVersion();
      return built == null ? "(not packaged)" : built;
    }
  }
}
