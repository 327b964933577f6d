package nl.veer.control.dashboard.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import nl.veer.control.status.MigrationStatus;
import org.jspecify.annotations.Nullable;

/**
 * The last status that was read.
 *
 * @param number of the reading, from 1; 0 before the first
 * @param status null before the first
 * @param at when its reading began, so that it is never said to be younger than it is; null before
 *     the first
 * @param took how long that reading took
 * @param trouble why a later reading gave none; null if it did
 * @param measures what it tells together with those before, by wave
 */
public record StatusNow(
    long number,
    @Nullable MigrationStatus status,
    @Nullable Instant at,
    Duration took,
    @Nullable String trouble,
    Map<String, WaveMeasures> measures) {
  /** A status that is older says nothing of now; one that was slow to read is given its time. */
  public static final Duration SILENT = ReadingPace.GOOD;

  static final StatusNow NONE = new StatusNow(0, null, null, null);

  public StatusNow {
    measures = Map.copyOf(measures);
  }

  /** One that was read in no time, and of which nothing was measured. */
  public StatusNow(
      long number,
      @Nullable MigrationStatus status,
      @Nullable Instant at,
      @Nullable String trouble) {
    this(number, status, at, Duration.ZERO, trouble, Map.of());
  }

  StatusNow read(
      MigrationStatus next, Instant began, Duration time, Map<String, WaveMeasures> measured) {
    return new StatusNow(number + 1, next, began, time, null, measured);
  }

  StatusNow failed(String why) {
    return new StatusNow(number + 1, status, at, took, why, measures);
  }

  /** What was measured of a wave of this status. */
  public WaveMeasures measures(String wave) {
    WaveMeasures known = measures.get(wave);
    return known != null ? known : WaveMeasures.none(at == null ? Instant.EPOCH : at);
  }

  /** Its age; null before the first. */
  public @Nullable Long ageMillis(Instant now) {
    return at == null ? null : (Long) Math.max(0, Duration.between(at, now).toMillis());
  }

  /** Up to this age it says something of now. */
  public long goodMillis() {
    return ReadingPace.patience(took).toMillis();
  }

  /** Whether it is too old to say anything of now, or there is none. */
  public boolean isSilent(Instant now) {
    return !isWithin(ReadingPace.patience(took), now);
  }

  /** Whether its reading ended so near to now. */
  boolean isFresh(Duration age, Instant now) {
    return isWithin(took.plus(age), now);
  }

  /**
   * Whether it was read so near to now. One that was read much later than now is not: the clock was
   * set back since, and nobody knows how old it is.
   */
  private boolean isWithin(Duration age, Instant now) {
    return at != null && Duration.between(at, now).abs().compareTo(age) <= 0;
  }
}
