package nl.veer.verifier.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import nl.veer.connectors.event.ChangeEvent;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.LogEvent;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TransactionBegin;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.log.LogReader;
import nl.veer.connectors.log.LoggedEvent;

/** A log or an echo in memory, written by a test and read by the ledger. */
final class Topic {
  private static final Duration A_WHILE = Duration.ofMillis(20);

  /** A change that does not know its place yet. */
  interface Change extends Function<EventPlace, ChangeEvent> {}

  private final String id;
  private final long perTransaction;
  final List<LoggedEvent> records = new ArrayList<>();
  private long last;
  private Runnable drained = () -> {};
  private int slowPolls;

  Topic(String id, long perTransaction) {
    this.id = id;
    this.perTransaction = perTransaction;
  }

  Topic write(Change... changes) {
    return write(List.of(changes));
  }

  Topic write(List<Change> changes) {
    last++;
    begin();
    body(changes);
    end(changes.size(), changes.size());
    return this;
  }

  /** A transaction of which the end was never written. */
  Topic torn(Change... changes) {
    last++;
    begin();
    body(List.of(changes));
    last--;
    return this;
  }

  /** A transaction whose END counts other than its changes. */
  Topic miscounted(long count, Change... changes) {
    last++;
    begin();
    body(List.of(changes));
    end(changes.length, count);
    return this;
  }

  /** As if transactions had been lost. */
  Topic skip(long transactions) {
    last += transactions;
    return this;
  }

  private void begin() {
    append(new TransactionBegin(new EventPlace(last, 0), xid(last)));
  }

  private void body(List<Change> changes) {
    long order = 1;
    for (Change change : changes) {
      append(change.apply(new EventPlace(last, order++)));
    }
  }

  private void end(long changes, long count) {
    append(
        new TransactionEnd(
            new EventPlace(last, changes + 1), xid(last), position(last), count, time(last)));
  }

  private void append(LogEvent event) {
    records.add(new LoggedEvent(records.size(), 100, event));
  }

  static String xid(long transaction) {
    return String.valueOf(700 + transaction);
  }

  Position position(long transaction) {
    return new LsnPosition(perTransaction * transaction);
  }

  static Instant time(long transaction) {
    return Instant.ofEpochSecond(1_700_000_000 + transaction);
  }

  long last() {
    return last;
  }

  long offset() {
    return records.size();
  }

  String id() {
    return id;
  }

  /** So many polls, each a while, are answered with nothing. */
  void slowFor(int polls) {
    slowPolls = polls;
  }

  /** What to do when a reader has nothing more to read. */
  void onDrained(Runnable action) {
    drained = action;
  }

  LogReader open() {
    return new Playing(records.size());
  }

  /** Only this many of the records are there yet. */
  LogReader open(int visible) {
    return new Playing(visible);
  }

  private final class Playing implements LogReader {
    private static final int POLL = 3;
    private final int visible;
    private int at;

    Playing(int visible) {
      this.visible = visible;
    }

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
      return visible;
    }

    @Override
    public boolean isAtEnd() {
      return at == visible;
    }

    @Override
    public void seek(long offset) {
      if (offset < 0 || offset > visible) {
        throw new IllegalArgumentException("Not in the topic: " + offset);
      }
      at = (int) offset;
    }

    @Override
    public List<LoggedEvent> poll(Duration timeout) {
      if (slowPolls > 0) {
        slowPolls--;
        LockSupport.parkNanos(A_WHILE.toNanos());
        return List.of();
      }
      List<LoggedEvent> read = List.copyOf(records.subList(at, Math.min(at + POLL, visible)));
      at += read.size();
      if (read.isEmpty()) {
        drained.run();
      }
      return read;
    }

    @Override
    public void close() {}
  }
}
