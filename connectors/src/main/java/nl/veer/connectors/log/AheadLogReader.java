package nl.veer.connectors.log;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one poll ahead on a thread of its own, so that fetching and decoding go on while the caller
 * works on what it was given. Gives what the other reader gives, in its order, failures included:
 * one that is met ahead is thrown where it stands, and only then does reading go on. Nothing is
 * read ahead while the caller holds a poll that is large already. Owned by one thread, its own
 * apart.
 */
public final class AheadLogReader implements LogReader {
  /** Of what the caller holds and nothing is read beside: rows of 2 kB fill a poll with less. */
  private static final long HELD_BYTES = 16L << 20;

  private static final Duration POLL = Duration.ofMillis(200);

  private final LogReader reader;

  /**
   * Held by whoever uses the other reader. Fair, for the reading thread asks for it all the time.
   */
  private final ReentrantLock using = new ReentrantLock(true);

  private final Thread thread;
  private @Nullable Polled ahead;
  private long heldBytes;
  private boolean closed;

  /** What one poll came to: events, or a failure. */
  private record Polled(List<LoggedEvent> events, @Nullable Throwable failure) {
    long bytes() {
      return events.stream().mapToLong(LoggedEvent::bytes).sum();
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
    heldBytes = polled.bytes();
    notifyAll();
    return polled.events;
  }

  private synchronized @Nullable Polled taken(long nanos) {
    long end = System.nanoTime() + nanos;
    try {
      for (long left = nanos; ahead == null && left > 0; left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      throw KafkaFailures.of("read ahead", new InterruptException(e));
    }
    Polled polled = ahead;
    ahead = null;
    return polled;
  }

  private synchronized boolean hasRead() {
    return ahead != null;
  }

  private synchronized void forget() {
    ahead = null;
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
      return new Polled(reader.poll(POLL), null);
    } catch (RuntimeException | Error e) {
      return new Polled(List.of(), e);
    }
  }

  private synchronized void keep(Polled polled) {
    if (!polled.events.isEmpty() || polled.failure != null) {
      ahead = polled;
      notifyAll();
    }
  }

  private synchronized boolean isOpen() {
    return !closed;
  }

  /** Waits until there is no poll ahead. Tells whether to go on; not if this is closed. */
  private synchronized boolean awaitRoom() {
    while (!closed && (ahead != null || heldBytes > HELD_BYTES)) {
      try {
        wait();
      } catch (InterruptedException e) {
        return false;
      }
    }
    return !closed;
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
