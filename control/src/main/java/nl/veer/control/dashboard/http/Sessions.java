package nl.veer.control.dashboard.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Browsers that have given a token: each has a random name for itself, for a while. They end with
 * the process. Safe for use by several threads.
 */
final class Sessions {
  /** The oldest one ends for the next. */
  private static final int MOST = 1_000;

  private final Duration length;
  private final Clock clock;

  /** The oldest first; guarded by this. */
  private final Map<String, Session> sessions = new LinkedHashMap<>();

  /**
   * @param csrf random, and told to this browser's pages only
   */
  private record Session(Visitor visitor, Instant until, String csrf) {}

  Sessions(Duration length, Clock clock) {
    this.length = length;
    this.clock = clock;
  }

  /** The new session's name. */
  synchronized String begin(Visitor visitor) {
    Instant now = clock.instant();
    sessions.values().removeIf(session -> !session.until.isAfter(now));
    Iterator<String> oldest = sessions.keySet().iterator();
    while (sessions.size() >= MOST) {
      oldest.next();
      oldest.remove();
    }
    String name = Tokens.random();
    sessions.put(name, new Session(visitor, now.plus(length), Tokens.random()));
    return name;
  }

  /** Whose session it is; empty if there is none of this name, or no longer. */
  synchronized Optional<Visitor> visitor(String name) {
    return Optional.ofNullable(sessions.get(name))
        .filter(session -> session.until.isAfter(clock.instant()))
        .map(session -> session.visitor.inSession(session.until, session.csrf));
  }

  synchronized void end(String name) {
    sessions.remove(name);
  }

  Duration length() {
    return length;
  }
}
