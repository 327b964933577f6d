package nl.veer.control.alert;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import nl.veer.connectors.failure.Pauses;

/**
 * Messages that a channel has refused, of each alert the last: a later one says all that those
 * before it said. A wrong address or token is mended by somebody, one day; until then the channel
 * is tried with one of them, ever more rarely. Time is passed in, of a clock that never goes back.
 * Safe for use by several threads.
 */
final class Refusals {
  /** As many as wait for a channel that is away. */
  static final int MOST = 1_000;

  /** What is older than this is news to nobody; an alert that lasts is reminded of by then. */
  static final Duration LONGEST = Duration.ofDays(1);

  private final Pauses pauses;
  private final Map<String, Kept> kept = new LinkedHashMap<>();
  private Duration pause;
  private long tried;

  private record Kept(AlertMessage message, long since) {}

  /**
   * @param pauses between two tries: those of an incident, which is looked at again too
   */
  Refusals(Pauses pauses) {
    this.pauses = pauses;
    this.pause = pauses.firstIncident();
  }

  /**
   * It was refused now, for the first time or again.
   *
   * @return how many were given up, this one or another
   */
  synchronized int keep(AlertMessage message, long nanos) {
    if (kept.isEmpty()) {
      pause = pauses.firstIncident();
      tried = nanos;
    }
    Kept before = kept.remove(message.id());
    long since = nanos;
    if (before != null && before.message().equals(message)) {
      since = before.since();
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(pauses.longestIncident()) > 0 ? pauses.longestIncident() : doubled;
      tried = nanos;
    }
    if (nanos - since > LONGEST.toNanos()) {
      return 1;
    }
    kept.put(message.id(), new Kept(message, since));
    return dropOldest();
  }

  private int dropOldest() {
    if (kept.size() <= MOST) {
      return 0;
    }
    Iterator<Kept> oldest = kept.values().iterator();
    oldest.next();
    oldest.remove();
    return 1;
  }

  /** It is not to be tried any more, nor what was said of this alert before. */
  synchronized void done(AlertMessage message) {
    kept.remove(message.id());
    pause = pauses.firstIncident();
  }

  /** One to be tried now. */
  synchronized Optional<AlertMessage> due(long nanos) {
    return kept.isEmpty() || nanos - tried < pause.toNanos()
        ? Optional.empty()
        : Optional.of(kept.values().iterator().next().message());
  }

  synchronized int size() {
    return kept.size();
  }
}
