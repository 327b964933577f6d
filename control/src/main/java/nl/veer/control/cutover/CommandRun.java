package nl.veer.control.cutover;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program of the user's: one line for {@code /bin/sh -c}, with the migration, the wave and the
 * side it is about in its environment. What it prints goes into the log. One that does not end in
 * time is ended, with all that it has started. Owned by one thread.
 */
final class CommandRun {
  private static final Logger LOG = LoggerFactory.getLogger(CommandRun.class);

  /** What it prints beyond this is read, so that it goes on, and dropped. */
  private static final int MOST_LINES = 200;

  private static final Duration KILLED_WITHIN = Duration.ofSeconds(5);

  private final String name;
  private final String line;
  private final Map<String, String> environment;

  /**
   * @param name the key of the configuration that it stands under
   * @param environment variables beside those of this process
   */
  CommandRun(String name, String line, Map<String, String> environment) {
    this.name = name;
    this.line = line;
    this.environment = Map.copyOf(environment);
  }

  /**
   * @throws Failure CONFIGURATION if it cannot be started, does not end in time or not with 0
   */
  void within(Duration limit) {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", line).redirectErrorStream(true);
    builder.environment().putAll(environment);
    LOG.atInfo().addKeyValue("command", name).log("Command begins");
    Process process = null;
    try {
      process = builder.start();
      process.getOutputStream().close();
      Thread output = drained(process);
      if (!process.waitFor(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS)) {
        throw failed("did not end within %d ms".formatted(limit.toMillis()), null);
      }
      output.join(KILLED_WITHIN.toMillis());
      if (process.exitValue() != 0) {
        throw failed("ended with exit code " + process.exitValue(), null);
      }
      LOG.atInfo().addKeyValue("command", name).log("Command ended");
    } catch (IOException e) {
      throw failed("could not be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was interrupted", e);
    } finally {
      end(process);
    }
  }

  private Thread drained(Process process) {
    Thread thread =
        new Thread(
            () -> {
              try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
                int lines = 0;
                for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                  if (++lines <= MOST_LINES) {
                    LOG.atInfo().addKeyValue("command", name).log("Command prints: {}", text);
                  }
                }
              } catch (IOException e) {
                LOG.debug("The output of {} broke off", name, e);
              }
            },
            "output of " + name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void end(@org.jspecify.annotations.Nullable Process process) {
    if (process != null && process.isAlive()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private Failure failed(String how, @org.jspecify.annotations.Nullable Throwable cause) {
    return new Failure(
        FailureKind.CONFIGURATION,
        "COMMAND_FAILED",
        "The program of cutover.%s %s. What it printed is in the log file.".formatted(name, how),
        cause);
  }
}
