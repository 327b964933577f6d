package nl.veer.control.dashboard.feed;

import java.time.Duration;
import java.time.Instant;
import nl.veer.control.status.MigrationStatus;
import org.jspecify.annotations.Nullable;

/**
 * The last status that was read.
 *
 * @param number of the reading, from 1; 0 before the first
 * @param status null before the first
 * @param at when it was read; null before the first
 * @param trouble why a later reading gave none; null if it did
 */
public record StatusNow(
    long number, @Nullable MigrationStatus status, @Nullable Instant at, @Nullable String trouble) {
  /** A status that is older says nothing of now. */
  public static final Duration SILENT = Duration.ofSeconds(15);

  static final StatusNow NONE = new StatusNow(0, null, null, null);

  StatusNow read(MigrationStatus next, Instant now) {
    return new StatusNow(number + 1, next, now, null);
  }

  StatusNow failed(String why) {
    return new StatusNow(number + 1, status, at, why);
  }

  /** Its age; null before the first. */
  public @Nullable Long ageMillis(Instant now) {
    return at == null ? null : (Long) Math.max(0, Duration.between(at, now).toMillis());
  }

  /** Whether it is too old to say anything of now, or there is none. */
  public boolean isSilent(Instant now) {
    return !isWithin(SILENT, now);
  }

  /**
   * Whether it was read so near to now. One that was read much later than now is not: the clock was
   * set back since, and nobody knows how old it is.
   */
  boolean isWithin(Duration age, Instant now) {
    return at != null && Duration.between(at, now).abs().compareTo(age) <= 0;
  }
}
