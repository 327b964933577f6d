package nl.veer.sandbox.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what an earlier, violently ended JVM left behind in a directory that we now own. The pid
 * file's process is ended only if its command line names the directory.
 */
public final class StaleProcess {
  private static final Logger LOG = LoggerFactory.getLogger(StaleProcess.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(50);

  private StaleProcess() {}

  /**
   * @param mark what the command line of our own server holds: its directory
   */
  public static void end(Path pidFile, String mark, String signal) {
    long pid = read(pidFile);
    if (pid <= 0 || !Programs.isRunning(pid, mark)) {
      return;
    }
    LOG.atWarn().addKeyValue("pid", pid).log("Ending a server that an earlier run left behind");
    Programs.signal(pid, signal);
    if (!gone(pid, mark)) {
      Programs.signal(pid, "KILL");
      if (!gone(pid, mark)) {
        throw new SandboxFailure("Process " + pid + " still uses " + mark + "; end it");
      }
    }
  }

  private static boolean gone(long pid, String mark) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      if (!Programs.isRunning(pid, mark)) {
        return true;
      }
      Pause.of(LOOK);
    }
    return false;
  }

  private static long read(Path pidFile) {
    try {
      return Files.exists(pidFile)
          ? Long.parseLong(Files.readAllLines(pidFile).get(0).strip())
          : -1;
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      return -1;
    }
  }
}
