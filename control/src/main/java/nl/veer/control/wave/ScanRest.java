package nl.veer.control.wave;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.verifier.record.ScanPause;
import nl.veer.verifier.record.ScanStore;
import org.jspecify.annotations.Nullable;

/**
 * Lets a wave's scans rest for as long as somebody wishes it: the wish is on record, and looked at
 * once a second. Safe for use by several threads.
 */
final class ScanRest {
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Consumer<String> told;
  private long looked = System.nanoTime() - LOOK.toNanos();
  private volatile @Nullable String reason;

  /**
   * @param told who wishes it and why, when the scans begin to rest, and an empty text when they go
   *     on
   */
  ScanRest(Consumer<String> told) {
    this.told = told;
  }

  /** Who wishes it and why; null if nobody does, as of the last look. */
  @Nullable String reason() {
    return reason;
  }

  /** Waits until they may go on. */
  void await(@Nullable ScanStore store, StopSignal stop) {
    while (store != null && !stop.isRaised() && isWished(store)) {
      stop.await(LOOK);
    }
  }

  private synchronized boolean isWished(ScanStore store) {
    if (System.nanoTime() - looked >= LOOK.toNanos()) {
      look(store);
      looked = System.nanoTime();
    }
    return reason != null;
  }

  /**
   * Where it cannot be asked, it stays as it was: the scan meets the same failure. What these scans
   * do is said by them again, also where somebody else's scan has taken their progress since.
   */
  private void look(ScanStore store) {
    try {
      String now = store.pause().map(ScanPause::words).orElse(null);
      if (!Objects.equals(now, reason)) {
        store.renew();
        reason = now;
        told.accept(now == null ? "" : now);
      }
    } catch (Failure failure) {
      return;
    }
  }
}
