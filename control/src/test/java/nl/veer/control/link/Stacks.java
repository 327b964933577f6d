package nl.veer.control.link;

import java.util.Arrays;
import java.util.stream.Collectors;
import nl.veer.connectors.event.WaveId;

/** Where the threads of a wave stand: what a test says when a role is silent. */
final class Stacks {
  private static final String VEER = "nl.veer.connectors.";

  private Stacks() {}

  /** The wave's own threads, and those of any wave whose names do not tell which. */
  static String of(WaveId wave) {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(each -> isOf(wave, each.getKey().getName(), each.getValue()))
        .map(each -> text(each.getKey(), each.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private static boolean isOf(WaveId wave, String name, StackTraceElement[] stack) {
    return name.endsWith(wave.toString())
        || name.contains(wave.logTopic())
        || (name.startsWith("pool-")
            && Arrays.stream(stack).anyMatch(frame -> frame.getClassName().startsWith(VEER)));
  }

  private static String text(Thread thread, StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .map(frame -> "\n    at " + frame)
        .collect(Collectors.joining("", thread.getName() + " " + thread.getState(), ""));
  }
}
