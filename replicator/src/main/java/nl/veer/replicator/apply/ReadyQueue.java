package nl.veer.replicator.apply;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import nl.veer.connectors.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Portions that were read and wait to be applied, or were taken and are being applied, bounded by
 * weight: one portion always fits, so that none is too heavy. A failure of the reading side comes
 * out behind everything read before it. Safe for one reader and one applier.
 */
final class ReadyQueue {
  private final long capacity;
  private final Queue<Portion> waiting = new ArrayDeque<>();
  private long weight;
  private long inHand;
  private long bytes;
  private boolean closed;
  private @Nullable Failure failure;

  ReadyQueue(long capacity) {
    this.capacity = capacity;
  }

  /** Waits for room; tells whether the portion was taken, which it is not after {@link #close}. */
  synchronized boolean put(Portion portion) throws InterruptedException {
    while (!closed && weight + inHand > 0 && weight + inHand + portion.weight() > capacity) {
      wait();
    }
    if (!closed) {
      waiting.add(portion);
      weight += portion.weight();
      bytes += portion.bytes();
      notifyAll();
    }
    return !closed;
  }

  synchronized void fail(Failure failure) {
    this.failure = failure;
    notifyAll();
  }

  /** The next portion, or null if none came in time. */
  synchronized @Nullable Portion take(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    for (long left = timeout.toNanos(); waiting.isEmpty() && left > 0; ) {
      throwFailure();
      wait(left / 1_000_000 + 1);
      left = deadline - System.nanoTime();
    }
    if (waiting.isEmpty()) {
      throwFailure();
      return null;
    }
    return remove();
  }

  /** The next portion if it is there, whole and not larger than this; null otherwise. */
  synchronized @Nullable Portion takeWhole(long rows, long maxWeight) {
    Portion next = waiting.peek();
    return next != null
            && next.isWhole()
            && next.changes().size() <= rows
            && next.weight() <= maxWeight
        ? remove()
        : null;
  }

  /** All that is ready behind this portion, within a batch's bounds. Never waits. */
  List<Portion> takeMore(Portion first, ApplyConfig bounds) {
    List<Portion> batch = new ArrayList<>();
    batch.add(first);
    long rows = (long) bounds.rows() - first.changes().size();
    long left = bounds.bytes() - first.weight();
    long deadline = System.nanoTime() + bounds.delay().toNanos();
    while (rows > 0 && left > 0 && System.nanoTime() < deadline) {
      Portion next = takeWhole(rows, left);
      if (next == null) {
        break;
      }
      batch.add(next);
      rows -= next.changes().size();
      left -= next.weight();
    }
    return batch;
  }

  private Portion remove() {
    Portion next = waiting.remove();
    weight -= next.weight();
    inHand += next.weight();
    bytes -= next.bytes();
    return next;
  }

  /** All that was taken is applied, and no longer held. */
  synchronized void applied() {
    inHand = 0;
    notifyAll();
  }

  private void throwFailure() {
    if (failure != null) {
      throw failure;
    }
  }

  synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Log bytes that wait here. */
  synchronized long bytes() {
    return bytes;
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
