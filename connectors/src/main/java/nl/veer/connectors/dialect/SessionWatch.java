package nl.veer.connectors.dialect;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Notices sessions that have lost their server though TCP does not say so: the other side went away
 * behind a middlebox, or an answer was lost. A time limit on answers would kill the statements that
 * take hours, so after some seconds without a byte the server is asked; see {@link OpenSession} for
 * the limits. One thread for this process that never waits, and one more for each side that has
 * something to ask.
 */
final class SessionWatch {
  private static final long RHYTHM_SECONDS = 5;

  private static final Set<OpenSessions> WATCHED =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
  private static final ThreadFactory THREADS =
      task -> {
        Thread thread = new Thread(task, "veer-session-watch");
        thread.setDaemon(true);
        return thread;
      };
  private static final ExecutorService LOOKS = Executors.newCachedThreadPool(THREADS);
  private static final ScheduledExecutorService CLOCK =
      Executors.newSingleThreadScheduledExecutor(THREADS);

  static {
    CLOCK.scheduleWithFixedDelay(
        SessionWatch::look, RHYTHM_SECONDS, RHYTHM_SECONDS, TimeUnit.SECONDS);
  }

  private SessionWatch() {}

  static void add(OpenSessions sessions) {
    WATCHED.add(sessions);
  }

  private static void look() {
    List<OpenSessions> all;
    synchronized (WATCHED) {
      all = List.copyOf(WATCHED);
    }
    for (OpenSessions sessions : all) {
      if (sessions.beginLook()) {
        LOOKS.execute(sessions::look);
      }
    }
  }
}
