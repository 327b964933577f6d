package nl.veer.verifier.scan;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import nl.veer.connectors.dialect.ReadySessions;
import nl.veer.connectors.failure.Failure;
import nl.veer.verifier.scan.postgres.RowHash;
import nl.veer.verifier.scan.postgres.ScanSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions on both sides of a scan: those that are open and not in use, and new ones where there
 * are none. Safe for several threads.
 */
final class SessionPairs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SessionPairs.class);

  /** One that does not answer in this time is gone. */
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(5);

  private final Scan.Endpoints endpoints;
  private final Queue<Pair> free = new ConcurrentLinkedQueue<>();

  /** One on each side; neither is in a transaction. */
  record Pair(ScanSession source, ScanSession target, long openedAt) implements AutoCloseable {
    private Pair again(RowHash hash) {
      return new Pair(source.again(hash, FIRST_ANSWER), target.again(hash, FIRST_ANSWER), openedAt);
    }

    private boolean isFresh() {
      return System.nanoTime() - openedAt < ReadySessions.FRESH.toNanos();
    }

    @Override
    public void close() {
      source.close();
      target.close();
    }
  }

  SessionPairs(Scan.Endpoints endpoints) {
    this.endpoints = endpoints;
  }

  /** Whether there are such as nobody uses; they may be broken by now. */
  boolean hasFree() {
    return !free.isEmpty();
  }

  /**
   * One that digests so; the caller closes it, or gives it back. The first answer of one that was
   * open is waited for a few seconds only.
   *
   * @throws Failure if a side cannot be reached
   */
  Pair take(RowHash hash) {
    for (Pair pair = free.poll(); pair != null; pair = free.poll()) {
      Pair again = pair.isFresh() ? again(pair, hash) : null;
      if (again != null) {
        return again;
      }
      pair.close();
    }
    return opened(hash);
  }

  /** Null if one of the two is closed. */
  private static @Nullable Pair again(Pair pair, RowHash hash) {
    try {
      return pair.again(hash);
    } catch (Failure gone) {
      LOG.debug("A session that was opened ahead is gone", gone);
      return null;
    }
  }

  private Pair opened(RowHash hash) {
    ScanSession source = ScanSession.source(endpoints.source(), hash);
    try {
      return new Pair(source, ScanSession.target(endpoints.target(), hash), System.nanoTime());
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  /** For whoever comes next. */
  void give(Pair pair) {
    free.add(pair);
  }

  /** Closes those that nobody uses; whoever wants one has a new one then. */
  @Override
  public void close() {
    for (Pair pair = free.poll(); pair != null; pair = free.poll()) {
      pair.close();
    }
  }
}
