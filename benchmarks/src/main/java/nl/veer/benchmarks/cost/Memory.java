package nl.veer.benchmarks.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Resident memory of processes, from {@code /proc/<pid>/status}. Processes of one server share
 * their buffers and their program: what each has alone is added up, of what they share the largest
 * share counts once.
 */
public final class Memory {
  private Memory() {}

  /** In bytes; 0 if none of them runs any more. */
  public static long resident(List<Long> pids) {
    long alone = 0;
    long shared = 0;
    for (long pid : pids) {
      try {
        List<String> status = status(pid);
        alone += kilobytes(status, "RssAnon:");
        shared = Math.max(shared, kilobytes(status, "RssFile:") + kilobytes(status, "RssShmem:"));
      } catch (IOException e) {
        // It has ended since it was listed, and holds nothing any more.
        continue;
      }
    }
    return (alone + shared) << 10;
  }

  /**
   * The most that a process has held since it began, in bytes.
   *
   * @throws IOException if it has ended
   */
  public static long peak(long pid) throws IOException {
    return kilobytes(status(pid), "VmHWM:") << 10;
  }

  private static List<String> status(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
  }

  private static long kilobytes(List<String> status, String key) {
    return status.stream()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }
}
