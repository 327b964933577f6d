package nl.veer.benchmarks.connect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process took of the processors, by Linux's count. */
final class ProcessorTime {
  private static final double TICKS_PER_SECOND = 100;
  private static final int FIRST = 11;
  private static final int LAST = 14;

  private ProcessorTime() {}

  /** Seconds of a process, and of its children that have ended. */
  static double seconds(long pid) {
    try {
      String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      long ticks = 0;
      for (int field = FIRST; field <= LAST; field++) {
        ticks += Long.parseLong(fields[field]);
      }
      return ticks / TICKS_PER_SECOND;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
