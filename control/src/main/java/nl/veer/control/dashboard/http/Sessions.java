package nl.veer.control.dashboard.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Browsers that have given a token: each has a random name for itself, for a while, and no longer
 * than the token is good for. They end with the process. Safe for use by several threads.
 */
final class Sessions {
  /** The oldest one ends for the next. */
  private static final int MOST = 1_000;

  /** Of one person, so that nobody can end all others' by logging in. */
  static final int MOST_EACH = 32;

  private final Duration length;
  private final Duration idle;
  private final Clock clock;

  /** The oldest first; guarded by this. */
  private final Map<String, Session> sessions = new LinkedHashMap<>();

  /**
   * @param csrf random, and told to this browser's pages only
   * @param seen when it was asked for last
   */
  private record Session(Visitor visitor, Instant until, String csrf, Instant seen) {
    Session seen(Instant now) {
      return new Session(visitor, until, csrf, now);
    }
  }

  /**
   * @param length of a session at most
   * @param idle a session ends when nothing is asked for so long
   */
  Sessions(Duration length, Duration idle, Clock clock) {
    this.length = length;
    this.idle = idle;
    this.clock = clock;
  }

  /** The new session's name; it ends with what the visitor was known by. */
  synchronized String begin(Visitor visitor) {
    Instant now = clock.instant();
    sessions.values().removeIf(session -> isOver(session, now));
    endOldest(visitor.person(), MOST_EACH - 1);
    endOldest(null, MOST - 1);
    String name = Tokens.random();
    sessions.put(name, new Session(visitor, end(visitor, now), Tokens.random(), now));
    return name;
  }

  /** When a session that begins now ends at the latest. */
  Instant end(Visitor visitor, Instant now) {
    Instant latest = visitor.until();
    Instant until = now.plus(length);
    return latest != null && latest.isBefore(until) ? latest : until;
  }

  private void endOldest(@Nullable String person, int mayStay) {
    long stay =
        sessions.values().stream().filter(session -> isOf(session, person)).count() - mayStay;
    Iterator<Session> oldest = sessions.values().iterator();
    while (stay > 0 && oldest.hasNext()) {
      if (isOf(oldest.next(), person)) {
        oldest.remove();
        stay--;
      }
    }
  }

  private static boolean isOf(Session session, @Nullable String person) {
    return person == null || session.visitor.person().equals(person);
  }

  private boolean isOver(Session session, Instant now) {
    return !session.until.isAfter(now) || !session.seen.plus(idle).isAfter(now);
  }

  /** Whose session it is, which is in use by that; empty if there is none, or no longer. */
  synchronized Optional<Visitor> visitor(String name) {
    Instant now = clock.instant();
    Session session = sessions.get(name);
    if (session == null || isOver(session, now)) {
      return Optional.empty();
    }
    sessions.replace(name, session.seen(now));
    return Optional.of(session.visitor.inSession(session.until, session.csrf));
  }

  synchronized void end(String name) {
    sessions.remove(name);
  }
}
