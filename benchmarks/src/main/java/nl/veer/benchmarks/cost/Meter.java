package nl.veer.benchmarks.cost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Counts what some parties use from its start to {@link #read}: processor time, and the largest
 * resident memory that was seen, five times a second. Where there is no {@code /proc} it counts
 * nothing.
 */
public final class Meter implements AutoCloseable {
  /** USER_HZ, 100 on every Linux that Java runs on. */
  private static final double TICKS_PER_SECOND = 100;

  private static final long LOOK_MILLIS = 200;

  private final List<Party> parties;
  private final Map<Party, Long> before;
  private final Map<Party, Long> peaks = new LinkedHashMap<>();
  private final ScheduledExecutorService looker =
      Executors.newSingleThreadScheduledExecutor(
          run -> {
            Thread thread = new Thread(run, "meter");
            thread.setDaemon(true);
            return thread;
          });

  private Meter(List<Party> parties) {
    this.parties = List.copyOf(parties);
    this.before = ticks();
  }

  /** Begins to count. */
  public static Meter start(List<Party> parties) {
    Meter meter = new Meter(ProcessTable.isThere() ? parties : List.of());
    meter.looker.scheduleAtFixedRate(meter::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    return meter;
  }

  private Map<Party, Long> ticks() {
    Map<Party, Long> ticks = new LinkedHashMap<>();
    if (!parties.isEmpty()) {
      ProcessTable table = ProcessTable.read();
      parties.forEach(party -> ticks.put(party, table.ticks(party)));
    }
    return ticks;
  }

  private synchronized void look() {
    if (parties.isEmpty()) {
      return;
    }
    ProcessTable table = ProcessTable.read();
    for (Party party : parties) {
      peaks.merge(party, Memory.resident(table.running(party)), Math::max);
    }
  }

  /** What each party has used so far, in their order. */
  public synchronized List<Usage> read() {
    look();
    Map<Party, Long> now = ticks();
    List<Usage> used = new ArrayList<>();
    for (Party party : parties) {
      used.add(
          new Usage(
              party.name(),
              (now.getOrDefault(party, 0L) - before.getOrDefault(party, 0L)) / TICKS_PER_SECOND,
              peaks.getOrDefault(party, 0L)));
    }
    return used;
  }

  @Override
  public void close() {
    looker.shutdownNow();
  }
}
