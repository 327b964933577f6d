package nl.veer.replicator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.event.LogEvent;
import nl.veer.connectors.log.LogReader;
import nl.veer.connectors.log.LoggedEvent;

/** A wave's log in memory. Safe for several threads. */
public final class MemoryLog {
  private static final int POLL = 2_000;

  private final List<LoggedEvent> records = new ArrayList<>();
  private volatile String id = "memory";
  private volatile Runnable refill = () -> {};

  /** Called before each poll, to fetch what the source has done since. */
  public void refillBy(Runnable refill) {
    this.refill = refill;
  }

  public synchronized void append(List<? extends LogEvent> events) {
    for (LogEvent event : events) {
      records.add(new LoggedEvent(records.size(), 60, event));
    }
    notifyAll();
  }

  /** The same topic name, but another topic. */
  public void recreate() {
    id = id + "'";
  }

  public synchronized List<LoggedEvent> records() {
    return List.copyOf(records);
  }

  synchronized List<LoggedEvent> from(long offset) {
    int end = (int) Math.min(records.size(), offset + POLL);
    return new ArrayList<>(records.subList((int) offset, end));
  }

  synchronized int size() {
    return records.size();
  }

  public LogReader reader() {
    return new Reader();
  }

  private final class Reader implements LogReader {
    private long offset;

    @Override
    public String logId() {
      return id;
    }

    @Override
    public long beginOffset() {
      return 0;
    }

    @Override
    public long endOffset() {
      return size();
    }

    @Override
    public boolean isAtEnd() {
      return offset >= size();
    }

    @Override
    public void seek(long to) {
      offset = to;
    }

    @Override
    public List<LoggedEvent> poll(Duration timeout) {
      refill.run();
      synchronized (MemoryLog.this) {
        if (offset >= size()) {
          try {
            MemoryLog.this.wait(Math.min(20, timeout.toMillis()));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        }
        List<LoggedEvent> next = from(offset);
        offset += next.size();
        return next;
      }
    }

    @Override
    public void close() {}
  }
}
