package nl.veer.sandbox.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Short-lived programs of the operating system. */
public final class Programs {
  private static final int PATIENCE_SECONDS = 120;

  /** What a program said and how it ended. */
  public record Result(int exitCode, String output) {
    public boolean succeeded() {
      return exitCode == 0;
    }
  }

  private Programs() {}

  /** Whether the PATH has a program of this name. */
  public static boolean has(String program) {
    String path = System.getenv("PATH");
    if (path == null) {
      return false;
    }
    for (String directory : path.split(File.pathSeparator, -1)) {
      if (!directory.isEmpty() && new File(directory, program).canExecute()) {
        return true;
      }
    }
    return false;
  }

  /** Runs a program to its end; output and errors come together. */
  public static Result run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Result(-1, output + "\nnot done after " + PATIENCE_SECONDS + " s");
      }
      return new Result(process.exitValue(), output);
    } catch (IOException e) {
      return new Result(-1, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result(-1, "interrupted");
    }
  }

  /** Sends a signal; a process that is gone already is not an error. */
  public static void signal(long pid, String signal) {
    run(List.of("/bin/sh", "-c", "kill -s \"$1\" \"$2\" 2>/dev/null", "kill", signal, pid + ""));
  }

  /**
   * The running process with this id, only when its command line holds the mark: an id alone may
   * belong to somebody else by now.
   */
  public static boolean isRunning(long pid, String mark) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .map(process -> commandLine(process).contains(mark))
        .orElse(false);
  }

  private static String commandLine(ProcessHandle process) {
    String known = process.info().commandLine().orElse("");
    Result listed = run(List.of("ps", "-ww", "-o", "args=", "-p", process.pid() + ""));
    return known + (listed.succeeded() ? listed.output() : "");
  }
}
