package nl.veer.control.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import nl.veer.connectors.event.WaveId;
import org.awaitility.Awaitility;

/** The processor time that a wave's threads have had from a moment on. */
final class BusyThreads {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** A loop that does not wait has nearly all of the time, a half of it on a crowded machine. */
  private static final double MOST = 0.25;

  private final Pattern names;
  private final long begin = System.nanoTime();
  private final Map<Long, Long> before;

  private BusyThreads(Pattern names) {
    this.names = names;
    this.before = times();
  }

  /** Begins to count; a thread is the wave's if its name says so. */
  static BusyThreads of(WaveId wave) {
    return new BusyThreads(Pattern.compile(".*\\b" + wave.wave() + "\\b.*"));
  }

  private Map<Long, Long> times() {
    Map<Long, Long> times = new HashMap<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (names.matcher(thread.getName().replace('_', ' ')).matches()) {
        times.put(thread.getId(), THREADS.getThreadCpuTime(thread.getId()));
      }
    }
    return times;
  }

  /** Waits until so much time has passed; then none may have been at work for long. */
  void assertNoneOver(Duration window) {
    Awaitility.await("a while of the outage")
        .atMost(window.multipliedBy(4))
        .until(() -> System.nanoTime() - begin > window.toNanos());
    double passed = System.nanoTime() - begin;
    assertThat(before).as("threads of the wave").isNotEmpty();
    times()
        .forEach(
            (id, time) ->
                assertThat((time - before.getOrDefault(id, 0L)) / passed)
                    .as("thread " + id)
                    .isLessThan(MOST));
  }
}
