package nl.veer.browser;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.veer.control.dashboard.view.WaveAttempts;
import org.jspecify.annotations.Nullable;

/**
 * A shop's attempts: yesterday's rehearsal, and what was begun since, which goes through its steps
 * by the clock. Safe for use by several threads.
 */
final class ShopAttempts {
  private static final long BUDGET_MILLIS = 10_000;
  private static final Map<String, Long> REHEARSAL = steps("PROVEN", "REHEARSED");
  private static final Map<String, Long> CUTOVER =
      steps("PROVEN", "SEQUENCED", "REVERSED", "OPENED");

  private final int tables;
  private final Clock clock;
  private final List<Begun> begun = new ArrayList<>();

  /** How much longer than a real one everything takes. */
  volatile long slow = 1;

  ShopAttempts(int tables, Clock clock) {
    this.tables = tables;
    this.clock = clock;
  }

  /** An attempt that goes on by itself, unless it is given up. */
  private static final class Begun {
    private final String kind;
    private final Instant at;
    private final long slow;
    private @Nullable Instant aborted;

    Begun(String kind, Instant at, long slow) {
      this.kind = kind;
      this.at = at;
      this.slow = slow;
    }

    Map<String, Long> ways() {
      return kind.equals("REHEARSAL") ? REHEARSAL : CUTOVER;
    }

    long millis(String step) {
      return ways().getOrDefault(step, 0L) * slow;
    }

    Instant fencedAt() {
      return at.plusMillis(millis("PREPARED"));
    }

    Instant endsAt() {
      return aborted != null
          ? aborted
          : at.plusMillis(ways().values().stream().mapToLong(one -> one * slow).sum());
    }

    boolean isOver(Instant now) {
      return !now.isBefore(endsAt());
    }
  }

  private static Map<String, Long> steps(String... last) {
    Map<String, Long> steps = new LinkedHashMap<>();
    steps.put("PREPARED", 300L);
    steps.put("FENCED", 121L);
    steps.put("DRAINED", 87L);
    for (String step : last) {
      steps.put(step, 140L);
    }
    return steps;
  }

  synchronized void begin(String kind) {
    begun.add(new Begun(kind, clock.instant(), slow));
  }

  /** Gives up what is under way; tells whether anything was. */
  synchronized boolean abort() {
    Instant now = clock.instant();
    List<Begun> going = begun.stream().filter(one -> !one.isOver(now)).toList();
    going.forEach(one -> one.aborted = now);
    return !going.isEmpty();
  }

  synchronized boolean isUnderWay() {
    Instant now = clock.instant();
    return begun.stream().anyMatch(one -> !one.isOver(now));
  }

  /** The last one first. */
  synchronized List<WaveAttempts.Line> lines() {
    List<WaveAttempts.Line> lines = new ArrayList<>();
    lines.add(yesterday());
    for (Begun one : begun) {
      lines.add(line(lines.size() + 1, one, clock.instant()));
    }
    Collections.reverse(lines);
    return lines;
  }

  private WaveAttempts.Line line(long id, Begun one, Instant now) {
    boolean over = one.isOver(now);
    Instant until = over ? one.endsAt() : now;
    Map<String, Long> done = new LinkedHashMap<>();
    Instant at = one.at;
    String state = "PREPARED";
    for (String step : one.ways().keySet()) {
      state = step;
      at = at.plusMillis(one.millis(step));
      if (at.isAfter(until)) {
        break;
      }
      done.put(step, one.millis(step));
    }
    boolean aborted = over && one.aborted != null;
    boolean fenced = until.isAfter(one.fencedAt());
    boolean proven = done.containsKey("PROVEN");
    return new WaveAttempts.Line(
        id,
        0,
        one.kind,
        aborted ? "ABORTED" : state,
        BUDGET_MILLIS,
        one.at.toString(),
        fenced ? one.fencedAt().toString() : null,
        fenced ? "5/D1A9F020" : null,
        proven ? "5/D1A9F020" : null,
        proven ? "0/9920B1C8" : null,
        done,
        proven ? (Long) (long) tables : null,
        proven ? (Long) 6_000L : null,
        proven ? "EQUAL" : null,
        proven ? "Every row was compared." : null,
        over && fenced ? (Long) Duration.between(one.fencedAt(), until).toMillis() : null,
        over && fenced ? "writer" : null,
        over ? until.toString() : null,
        aborted ? "CUTOVER_ABORTED" : null,
        aborted ? "It was asked to end." : null);
  }

  private WaveAttempts.Line yesterday() {
    Map<String, Long> steps = new LinkedHashMap<>();
    steps.put("PREPARED", 1_204L);
    steps.put("FENCED", 121L);
    steps.put("DRAINED", 40L);
    steps.put("PROVEN", 431L);
    steps.put("REHEARSED", 110L);
    Instant at = clock.instant().minus(Duration.ofHours(23));
    return new WaveAttempts.Line(
        1,
        0,
        "REHEARSAL",
        "REHEARSED",
        BUDGET_MILLIS,
        at.toString(),
        at.plusMillis(1_204).toString(),
        "0/51A0",
        "0/51A0",
        "0/9920A000",
        steps,
        (long) tables,
        6_000L,
        "EQUAL",
        "Every row was compared.",
        702L,
        "writer",
        at.plusMillis(1_906).toString(),
        null,
        null);
  }
}
