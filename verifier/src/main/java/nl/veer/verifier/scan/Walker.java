package nl.veer.verifier.scan;

import java.time.Duration;
import java.util.Iterator;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.verifier.scan.postgres.KeyRange;
import nl.veer.verifier.scan.postgres.RowHash;
import nl.veer.verifier.scan.postgres.ScanSession;
import org.jspecify.annotations.Nullable;

/**
 * The session that walks the tables' keys on the source, ahead of the comparison; opened anew after
 * a failure that may pass. Owned by one thread; only {@link #cancel} may come from another.
 */
final class Walker implements AutoCloseable {
  private static final int TRIES = 5;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Scan.Endpoints endpoints;
  private final RowHash hash;
  private final StopSignal stop;
  private volatile @Nullable ScanSession session;

  Walker(Scan.Endpoints endpoints, RowHash hash, StopSignal stop) {
    this.endpoints = endpoints;
    this.hash = hash;
    this.stop = stop;
  }

  /**
   * @throws Failure that does not pass, or did not within some seconds
   */
  KeyRange next(KeyWalk walk) {
    return walk.isOne() ? walk.one() : walked(walk);
  }

  private KeyRange walked(KeyWalk walk) {
    for (int tried = 1; ; tried++) {
      try {
        ScanSession open = session == null ? ScanSession.source(endpoints.source(), hash) : session;
        session = open;
        return walk.next(open);
      } catch (Failure failure) {
        close();
        if (failure.kind() != FailureKind.TRANSIENT || tried >= TRIES || stop.await(PAUSE)) {
          throw failure;
        }
      }
    }
  }

  /** A walk's ranges, each when it is asked for. */
  Iterator<KeyRange> over(KeyWalk walk) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return walk.hasNext();
      }

      @Override
      public KeyRange next() {
        return Walker.this.next(walk);
      }
    };
  }

  void cancel() {
    ScanSession open = session;
    if (open != null) {
      open.cancel();
    }
  }

  @Override
  public void close() {
    ScanSession open = session;
    session = null;
    if (open != null) {
      open.close();
    }
  }
}
