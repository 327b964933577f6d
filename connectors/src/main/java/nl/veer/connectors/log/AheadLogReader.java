package nl.veer.connectors.log;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Reads some polls ahead on a thread of its own, so that fetching and decoding go on while the
 * caller works on what it was given. Gives what the other reader gives, in its order, failures
 * included: one that is met ahead is thrown where it stands, and only then does reading go on.
 * Nothing is read ahead while the caller holds a poll that is large already. Owned by one thread,
 * its own apart.
 */
public final class AheadLogReader implements LogReader {
  /** Of what the caller holds and nothing is read beside: rows of 2 kB fill a poll with less. */
  private static final long HELD_BYTES = 16L << 20;

  /**
   * Behind so many nothing more is read ahead: small rows make several polls, so that neither waits
   * for the other; of larger ones one poll is more, and what lives long costs the collector.
   */
  private static final long AHEAD_BYTES = 512 << 10;

  private static final Duration POLL = Duration.ofMillis(200);

  private final LogReader reader;

  /**
   * Held by whoever uses the other reader. Fair, for the reading thread asks for it all the time.
   */
  private final ReentrantLock using = new ReentrantLock(true);

  private final Thread thread;
  private final Deque<Polled> ahead = new ArrayDeque<>();
  private long aheadBytes;
  private long heldBytes;
  private boolean closed;

  /** What one poll came to: events, or a failure. */
  private record Polled(List<LoggedEvent> events, long bytes, @Nullable Throwable failure) {
    static Polled of(List<LoggedEvent> events) {
      return new Polled(events, events.stream().mapToLong(LoggedEvent::bytes).sum(), null);
    }

    static Polled failed(Throwable failure) {
      return new Polled(List.of(), 0, failure);
    }
  }

  /**
   * @param reader closed with this
   * @param name of the thread
   */
  public AheadLogReader(LogReader reader, String name) {
    this.reader = reader;
    this.thread = new Thread(this::read, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public String logId() {
    return reader.logId();
  }

  @Override
  public long beginOffset() {
    using.lock();
    try {
      return reader.beginOffset();
    } finally {
      using.unlock();
    }
  }

  @Override
  public long endOffset() {
    using.lock();
    try {
      return reader.endOffset();
    } finally {
      using.unlock();
    }
  }

  @Override
  public boolean isAtEnd() {
    using.lock();
    try {
      return !hasRead() && reader.isAtEnd();
    } finally {
      using.unlock();
    }
  }

  @Override
  public void seek(long offset) {
    using.lock();
    try {
      reader.seek(offset);
      forget();
    } finally {
      using.unlock();
    }
  }

  @Override
  public synchronized List<LoggedEvent> poll(Duration timeout) {
    heldBytes = 0;
    notifyAll();
    Polled polled = taken(timeout.toNanos());
    if (polled == null) {
      return List.of();
    }
    if (polled.failure instanceof RuntimeException failure) {
      throw failure;
    } else if (polled.failure instanceof Error error) {
      throw error;
    }
    heldBytes = polled.bytes;
    notifyAll();
    return polled.events;
  }

  private synchronized @Nullable Polled taken(long nanos) {
    long end = System.nanoTime() + nanos;
    try {
      for (long left = nanos; ahead.isEmpty() && left > 0; left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      throw KafkaFailures.of("read ahead", new InterruptException(e));
    }
    Polled polled = ahead.poll();
    if (polled != null) {
      aheadBytes -= polled.bytes;
    }
    return polled;
  }

  private synchronized boolean hasRead() {
    return !ahead.isEmpty();
  }

  private synchronized void forget() {
    ahead.clear();
    aheadBytes = 0;
    heldBytes = 0;
    notifyAll();
  }

  private void read() {
    while (awaitRoom()) {
      using.lock();
      try {
        if (isOpen()) {
          keep(polled());
        }
      } finally {
        using.unlock();
      }
    }
  }

  private Polled polled() {
    try {
      return Polled.of(reader.poll(POLL));
    } catch (RuntimeException | Error e) {
      return Polled.failed(e);
    }
  }

  private synchronized void keep(Polled polled) {
    if (!polled.events.isEmpty() || polled.failure != null) {
      ahead.add(polled);
      aheadBytes += polled.bytes;
      notifyAll();
    }
  }

  private synchronized boolean isOpen() {
    return !closed;
  }

  /** Waits until there is room for a poll. Tells whether to go on; not if this is closed. */
  private synchronized boolean awaitRoom() {
    while (!closed && !hasRoom()) {
      try {
        wait();
      } catch (InterruptedException e) {
        return false;
      }
    }
    return !closed;
  }

  private synchronized boolean hasRoom() {
    Polled last = ahead.peekLast();
    boolean failed = last != null && last.failure != null;
    return !failed && aheadBytes <= AHEAD_BYTES && heldBytes <= HELD_BYTES;
  }

  @Override
  public void close() {
    end();
    using.lock();
    try {
      reader.close();
    } finally {
      using.unlock();
    }
  }

  private synchronized void end() {
    closed = true;
    notifyAll();
  }
}
