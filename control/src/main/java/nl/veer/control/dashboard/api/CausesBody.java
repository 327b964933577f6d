package nl.veer.control.dashboard.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import nl.veer.control.dashboard.view.Cause;
import nl.veer.control.dashboard.view.Causes;
import org.jspecify.annotations.Nullable;

/**
 * What differs, by cause, the worst first. That there is none is no verdict.
 *
 * @param at when the records were read
 * @param ageMillis since then
 * @param more whether there are more causes, or more records, than were counted
 */
public record CausesBody(
    @Nullable String at, @Nullable Long ageMillis, List<Cause> causes, boolean more) {

  public CausesBody {
    causes = List.copyOf(causes);
  }

  public static CausesBody of(Causes causes, Instant at, Instant now) {
    return new CausesBody(
        at.toString(),
        Math.max(0, Duration.between(at, now).toMillis()),
        causes.causes(),
        causes.more());
  }
}
