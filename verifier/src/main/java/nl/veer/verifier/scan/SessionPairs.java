package nl.veer.verifier.scan;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import nl.veer.verifier.scan.postgres.RowHash;
import nl.veer.verifier.scan.postgres.ScanSession;

/**
 * Sessions on both sides of a scan: those that are open and not in use, and new ones where there
 * are none. Safe for several threads.
 */
final class SessionPairs implements AutoCloseable {
  private final Scan.Endpoints endpoints;
  private final Queue<Pair> free = new ConcurrentLinkedQueue<>();

  /** One on each side; neither is in a transaction. */
  record Pair(ScanSession source, ScanSession target) implements AutoCloseable {
    Pair by(RowHash hash) {
      return new Pair(source.by(hash), target.by(hash));
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
   * One that digests so; the caller closes it, or gives it back.
   *
   * @throws nl.veer.connectors.failure.Failure if a side cannot be reached
   */
  Pair take(RowHash hash) {
    Pair pair = free.poll();
    return pair == null ? opened(hash) : pair.by(hash);
  }

  private Pair opened(RowHash hash) {
    ScanSession source = ScanSession.source(endpoints.source(), hash);
    try {
      return new Pair(source, ScanSession.target(endpoints.target(), hash));
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
