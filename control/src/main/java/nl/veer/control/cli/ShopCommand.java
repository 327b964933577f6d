package nl.veer.control.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Callable;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.sandbox.process.PrivateFiles;
import nl.veer.sandbox.workload.Connecting;
import nl.veer.sandbox.workload.ShopAddress;
import nl.veer.sandbox.workload.ShopFill;
import nl.veer.sandbox.workload.ShopWorkload;
import nl.veer.sandbox.workload.WorkloadConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The shop and its customers. */
@Command(
    name = "shop",
    description = {
      "Makes a shop on two databases, fills the one on the source, and lets customers",
      "write to it until Ctrl-C. What is there already stays as it is. The customers",
      "write where --at says, source or target, and look there again when they are",
      "refused: write it with cutover.on-open in the configuration, and they follow a",
      "cutover."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  veer sandbox shop --source jdbc:postgresql://old/shop --target jdbc:postgresql://new/shop \\",
      "    --user shop --source-password-file old.txt --target-password-file new.txt --at address",
      "  in veer.yaml:",
      "    cutover:",
      "      on-open: printf %s \"$VEER_SIDE\" > address.new && mv -f address.new address"
    })
final class ShopCommand implements Callable<Integer> {
  private static final long SEED = 1953;
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int LOOKS_PER_LINE = 30;

  /** A host that went away without a word is not waited for longer. */
  private static final String SILENCE_SECONDS = "60";

  @Option(
      names = "--source",
      paramLabel = "URL",
      required = true,
      description = "The source's JDBC URL.")
  private String source = "";

  @Option(
      names = "--target",
      paramLabel = "URL",
      required = true,
      description = "The target's JDBC URL.")
  private String target = "";

  @Option(
      names = "--user",
      paramLabel = "ROLE",
      required = true,
      description = "Who makes the tables and writes to them, on both sides.")
  private String user = "";

  @Option(
      names = "--source-password-file",
      paramLabel = "FILE",
      description = "The file with that role's password on the source.")
  private @Nullable Path sourcePassword;

  @Option(
      names = "--target-password-file",
      paramLabel = "FILE",
      description = "The file with that role's password on the target.")
  private @Nullable Path targetPassword;

  @Option(
      names = "--at",
      paramLabel = "FILE",
      required = true,
      description = "The file that says source or target; where there is none, it is the source.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path at;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "200000",
      description = "Rows that the shop begins with, about; ${DEFAULT-VALUE} if not given.")
  private long rows;

  @Option(
      names = "--rate",
      paramLabel = "TPS",
      defaultValue = "100",
      description = "Transactions per second; ${DEFAULT-VALUE} if not given.")
  private double rate;

  @Option(
      names = "--ready",
      paramLabel = "FILE",
      description = "Made when the customers write, for whoever waits for that.")
  private @Nullable Path ready;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try {
      Connecting toSource = connecting(source, sourcePassword);
      Connecting toTarget = connecting(target, targetPassword);
      long filled = found(toSource, toTarget);
      say(
          filled > 0
              ? "The shop is open: %,d rows on the source.".formatted(filled)
              : "The shop is open again, as it was left.");
      StopSignal stop = new StopSignal();
      try (CleanExit exit = CleanExit.with(stop::raise);
          ShopWorkload shop =
              ShopWorkload.start(
                  WorkloadConfig.of(SEED, rate), new ShopAddress(at, toSource, toTarget))) {
        if (ready != null) {
          PrivateFiles.touch(ready);
        }
        watch(shop, stop);
        shop.stop();
      }
      return ExitCode.OK;
    } catch (SQLException | IOException | RuntimeException e) {
      // Its words are of a shop that holds nothing but dice.
      err.println(
          "veer: the shop is closed: " + e + (e.getCause() == null ? "" : ": " + e.getCause()));
      err.flush();
      return ExitCode.FAILED;
    }
  }

  private long found(Connecting toSource, Connecting toTarget) throws SQLException {
    try (Connection onSource = toSource.connect();
        Connection onTarget = toTarget.connect()) {
      return ShopFill.ofRows(SEED, rows).found(onSource, onTarget);
    }
  }

  private void watch(ShopWorkload shop, StopSignal stop) {
    for (int look = 0; !stop.await(LOOK) && shop.failure().isEmpty(); look++) {
      if (look % LOOKS_PER_LINE == 0) {
        say(
            "%,d transactions; refused %,d times, without a server %,d times."
                .formatted(shop.committed(), shop.refusals(), shop.outages()));
      }
    }
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  private Connecting connecting(String url, @Nullable Path password) {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("socketTimeout", SILENCE_SECONDS);
    properties.setProperty("ApplicationName", "shop");
    if (password != null) {
      try {
        properties.setProperty("password", Files.readString(password).strip());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return () -> DriverManager.getConnection(url, properties);
  }
}
