package nl.veer.benchmarks.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What the figures were measured on.
 *
 * @param cores that this JVM may use
 * @param processor its model, if the system tells
 * @param memoryBytes of the machine; 0 if the system does not tell
 */
public record Machine(int cores, String processor, long memoryBytes, String system, String java) {

  /** This one. */
  public static Machine here() {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        line("/proc/cpuinfo", "model name").replaceFirst(".*:\\s*", ""),
        digits(line("/proc/meminfo", "MemTotal")) << 10,
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
  }

  private static long digits(String line) {
    String digits = line.replaceAll("\\D", "");
    return digits.isEmpty() ? 0 : Long.parseLong(digits);
  }

  /** The first line of a file with this beginning; empty if there is none. */
  private static String line(String file, String beginning) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.startsWith(beginning))
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  /** In a line. */
  public String words() {
    return String.format(
        Locale.ROOT,
        "%d cores%s, %,d MB, %s, %s",
        cores,
        processor.isEmpty() ? "" : " (" + processor + ")",
        memoryBytes >> 20,
        system,
        java);
  }
}
