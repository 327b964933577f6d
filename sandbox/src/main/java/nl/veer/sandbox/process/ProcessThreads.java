package nl.veer.sandbox.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The threads of another process, as the operating system sees them. */
final class ProcessThreads {
  /** States of a thread that stands still: by a signal, or by a debugger. */
  private static final String STOPPED = "Tt";

  private ProcessThreads() {}

  /**
   * Whether a stop signal has reached every thread. The signal's sender goes on before that: until
   * the first of them has seen it, all of them run.
   */
  static boolean areStopped(long pid) {
    Path tasks = Path.of("/proc", Long.toString(pid), "task");
    if (!Files.isDirectory(tasks)) {
      return isStopped(Programs.run(List.of("ps", "-o", "state=", "-p", pid + "")).output());
    }
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      for (Path thread : threads) {
        if (!isStopped(state(thread))) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The state's letter follows the name, which is in brackets and may hold brackets itself. */
  private static String state(Path thread) throws IOException {
    try {
      String stat = Files.readString(thread.resolve("stat"));
      return stat.substring(stat.lastIndexOf(')') + 1);
    } catch (NoSuchFileException e) {
      // It ended just now, so that not all of them stood still: look again.
      return "";
    }
  }

  private static boolean isStopped(String state) {
    String letter = state.strip();
    return !letter.isEmpty() && STOPPED.indexOf(letter.charAt(0)) >= 0;
  }
}
