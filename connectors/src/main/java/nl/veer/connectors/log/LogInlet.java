package nl.veer.connectors.log;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;

/**
 * A log's records on their way from whoever fetches them to the one who reads them. The reader
 * alone says where to go on; what is fetched until the other side has heard of it is let go. So the
 * reader gets every record from there on, once and in order, or a failure. What waits is bounded,
 * if the fetching side stops when nothing more is wanted: by that and one fetch. Safe for one
 * fetching thread and one that reads.
 */
public final class LogInlet {
  /** Of what waits: some fetches, so that the reader has work while the next ones come. */
  static final long ENOUGH_BYTES = 16L << 20;

  private static final long NOWHERE = -1;

  private final Deque<FetchedRecord> waiting = new ArrayDeque<>();
  private long bytes;
  private long next = NOWHERE;
  private boolean sought;
  private boolean full;
  private boolean turnedBack;

  /**
   * Where the fetching side has to go on from now, if the reader has said so since the last time.
   */
  public synchronized OptionalLong takeSeek() {
    if (!sought) {
      return OptionalLong.empty();
    }
    sought = false;
    return OptionalLong.of(next);
  }

  /** Takes what was fetched; lets it go if the reader wants to be somewhere else. */
  public synchronized void put(List<FetchedRecord> fetched) {
    if (next == NOWHERE || sought || turnedBack) {
      return;
    }
    for (FetchedRecord record : fetched) {
      if (record.offset() < next) {
        turnedBack = true;
        break;
      }
      next = record.offset() + 1;
      waiting.add(record);
      bytes += record.bytes();
    }
    notifyAll();
  }

  /** Whether there is a reader, and room for more. */
  public synchronized boolean wantsMore() {
    full = full ? bytes > ENOUGH_BYTES / 2 : bytes > ENOUGH_BYTES;
    return next != NOWHERE && !full;
  }

  /** The next record taken is the one at this offset, or the first one behind it. */
  synchronized void seek(long offset) {
    waiting.clear();
    bytes = 0;
    next = offset;
    sought = true;
    turnedBack = false;
  }

  /**
   * The next records; empty if none came in time.
   *
   * @throws Failure TRANSIENT once if what was fetched does not follow what was given before
   */
  synchronized List<FetchedRecord> take(int most, Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    for (long left = timeout.toNanos();
        waiting.isEmpty() && !turnedBack && left > 0;
        left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    if (waiting.isEmpty() && turnedBack) {
      throw new Failure(
          FailureKind.TRANSIENT,
          "LOG_TURNED_BACK",
          "The log was given again from an earlier place, though nobody asked for it. Its reader"
              + " begins anew where the stamp stands, and sees whether the log is the one it was.");
    }
    List<FetchedRecord> taken = new ArrayList<>(Math.min(most, waiting.size()));
    while (taken.size() < most && !waiting.isEmpty()) {
      FetchedRecord record = waiting.remove();
      bytes -= record.bytes();
      taken.add(record);
    }
    return taken;
  }

  /** Puts back what was taken last and not used. */
  synchronized void giveBack(List<FetchedRecord> unused) {
    for (int i = unused.size() - 1; i >= 0; i--) {
      waiting.addFirst(unused.get(i));
      bytes += unused.get(i).bytes();
    }
  }
}
