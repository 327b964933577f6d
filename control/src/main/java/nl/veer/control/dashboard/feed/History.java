package nl.veer.control.dashboard.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nl.veer.control.status.LedgerFigures;
import nl.veer.control.status.MigrationStatus;
import nl.veer.control.status.VerdictFigures;
import nl.veer.control.status.WaveStatus;
import org.jspecify.annotations.Nullable;

/**
 * The last day of each configured wave, in steps of ten seconds, kept by this process only. Of
 * several readings in a step the largest value is kept, and what was not read is not known. Bounded
 * by the number of waves. Safe for use by several threads.
 */
public final class History {
  /** How much one step holds. */
  public static final Duration STEP = Duration.ofSeconds(10);

  /** How much all of them hold. */
  public static final Duration KEPT = Duration.ofHours(24);

  private static final int STEPS = (int) KEPT.dividedBy(STEP);

  private final Instant began;
  private final Map<String, HistoryRing> rings = new HashMap<>();

  /**
   * A part of a wave's history, oldest first.
   *
   * @param since when it begins: the asked time ago, or with this process
   * @param step of time that each point stands for, from its time on
   */
  public record Part(Instant since, Duration step, List<Point> points) {
    public Part {
      points = List.copyOf(points);
    }
  }

  /** The largest values of a step; null is not known. */
  public record Point(
      Instant at,
      @Nullable Double replicationLagMillis,
      @Nullable Double verificationLagMillis,
      @Nullable Double transactionsPerSecond,
      @Nullable Double differences) {}

  /**
   * @param waves the configured ones: of no other is anything kept
   */
  History(List<String> waves, Instant now) {
    this.began = now;
    waves.forEach(wave -> rings.put(wave, new HistoryRing(STEPS)));
  }

  /** Keeps what was read, if it is of the last day. */
  synchronized void add(Instant at, MigrationStatus status, Map<String, WaveMeasures> measures) {
    for (WaveStatus wave : status.waves()) {
      HistoryRing ring = rings.get(wave.wave());
      if (ring != null) {
        WaveMeasures measured = measures.get(wave.wave());
        ring.add(
            step(at),
            number(wave.lagMillis()),
            number(verificationLag(wave)),
            measured == null ? null : measured.rate("replicator").transactionsPerSecond(),
            number(differences(wave.verdict())));
      }
    }
  }

  /** How old that is up to which log and echo are balanced; without a ledger, the oldest scan. */
  public static @Nullable Long verificationLag(WaveStatus wave) {
    LedgerFigures ledger = wave.ledger();
    VerdictFigures verdict = wave.verdict();
    return ledger != null ? ledger.lagMillis() : verdict == null ? null : verdict.ageMillis();
  }

  /** None is known of a wave only where that was proven. */
  private static @Nullable Long differences(@Nullable VerdictFigures verdict) {
    if (verdict == null) {
      return null;
    }
    long open = verdict.tables().stream().mapToLong(VerdictFigures.Table::differing).sum();
    return open > 0 || verdict.verdict().equals("EQUAL") ? (Long) open : null;
  }

  private static @Nullable Double number(@Nullable Long value) {
    return value == null ? null : (Double) value.doubleValue();
  }

  private static long step(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), STEP.toSeconds());
  }

  /**
   * The last part of a wave's history; of each point the largest value of all that it stands for.
   *
   * @param wave a configured one
   * @param length of the part
   * @param most so many points at most
   */
  public synchronized Part last(String wave, Duration length, int most, Instant now) {
    HistoryRing ring = rings.get(wave);
    Instant since = now.minus(length).isAfter(began) ? now.minus(length) : began;
    long last = step(now);
    long steps = Math.min(STEPS, Math.max(1, last - step(since) + 1));
    long width = (steps + most - 1) / most;
    List<Point> points = new ArrayList<>();
    // Points stay where they are as time goes on: they begin at multiples of their width.
    for (long from = Math.floorDiv(last - steps + 1, width) * width; from <= last; from += width) {
      points.add(point(ring, from, Math.min(width, last - from + 1)));
    }
    while (points.size() > most) {
      points.remove(0);
    }
    return new Part(since, STEP.multipliedBy(width), points);
  }

  private static Point point(@Nullable HistoryRing ring, long from, long width) {
    Instant at = Instant.ofEpochSecond(from * STEP.toSeconds());
    if (ring == null) {
      return new Point(at, null, null, null, null);
    }
    return new Point(
        at,
        ring.max(HistoryRing.REPLICATION_LAG, from, width),
        ring.max(HistoryRing.VERIFICATION_LAG, from, width),
        ring.max(HistoryRing.TRANSACTIONS, from, width),
        ring.max(HistoryRing.DIFFERENCES, from, width));
  }
}
