package nl.veer.verifier.ledger;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nl.veer.connectors.event.ChangeEvent;
import nl.veer.connectors.event.LogEvent;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TransactionBegin;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.LogReader;
import nl.veer.connectors.log.LoggedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Reads whole transactions of a log or an echo, event by event, and checks the numbering by itself:
 * transactions without gaps, changes in order, the END's count, its transaction, positions that
 * grow. What is missing is told and read past. A transaction that begins anew makes void what was
 * seen of it; a number that is complete already is passed over. Holds no more than one poll's
 * records: if a later transaction of one reading begins anew, all of the reading is read again,
 * without the torn beginning. Owned by one thread.
 */
final class TransactionReader {
  /** Stands for the number before the first whole transaction that comes. */
  static final long ANY = -1;

  private static final Duration POLL = Duration.ofMillis(200);

  private final LogReader reader;
  private final StopSignal stop;
  private final Deque<LoggedEvent> pending = new ArrayDeque<>();
  private long complete;
  private long offset;
  private @Nullable Position position;

  TransactionReader(LogReader reader, StopSignal stop) {
    this.reader = reader;
    this.stop = stop;
  }

  /**
   * Goes on from here.
   *
   * @param number of the last transaction before the offset, or {@link #ANY}
   * @param end its position; null if it is not known
   */
  void seek(long from, long number, @Nullable Position end) {
    reader.seek(from);
    pending.clear();
    offset = from;
    complete = number;
    position = end;
  }

  /** Number of the last transaction that was read. */
  long complete() {
    return complete;
  }

  /** From where the next transaction can be read. */
  long offset() {
    return offset;
  }

  /**
   * Gives what comes up to this transaction's end.
   *
   * @param upTo number of the last transaction to read; {@link #ANY} for the next one
   * @param patience how long nothing may come at the log's end; zero to wait for as long as it
   *     takes if something is begun, and not at all if nothing is
   */
  Reading read(long upTo, TransactionSink sink, Duration patience) {
    Window window = new Window(upTo, sink);
    long quiet = System.nanoTime();
    while (!stop.isRaised()) {
      LoggedEvent next = pending.poll();
      if (next != null) {
        if (window.accept(next)) {
          return new Reading(Reading.State.READ, window.end, window.gaps);
        }
        continue;
      }
      List<LoggedEvent> more = reader.poll(POLL);
      pending.addAll(more);
      if (!more.isEmpty()) {
        quiet = System.nanoTime();
      } else if (patience.isZero() && window.isUntouched()) {
        return new Reading(Reading.State.IDLE, null, List.of());
      } else if (!patience.isZero()
          && System.nanoTime() - quiet > patience.toNanos()
          && reader.isAtEnd()) {
        return new Reading(Reading.State.ENDED, window.end, window.gaps);
      }
    }
    return new Reading(Reading.State.STOPPED, null, List.of());
  }

  /** The state of one reading. */
  private final class Window {
    private final TransactionSink sink;
    private final long startOffset = offset;
    private final long startComplete = complete;
    private final @Nullable Position startPosition = position;
    private final Set<Long> torn = new HashSet<>();
    private List<Reading.Gap> gaps = new ArrayList<>();
    private @Nullable TransactionEnd end;
    private long upTo;

    private @Nullable TransactionBegin open;
    private long openedAt;
    private long order;
    private int gapsBefore;

    /** Of the open transaction something is missing. */
    private boolean damaged;

    /** Up to the next BEGIN, nothing is of interest. */
    private boolean passing;

    Window(long upTo, TransactionSink sink) {
      this.upTo = upTo;
      this.sink = sink;
    }

    boolean isUntouched() {
      return open == null && gaps.isEmpty() && complete == startComplete;
    }

    /** Tells whether the reading is done. */
    boolean accept(LoggedEvent logged) {
      LogEvent event = logged.event();
      if (event instanceof TransactionBegin begin) {
        return begin(begin, logged);
      }
      TransactionBegin begun = open;
      if (passing || (begun == null && complete == ANY)) {
        return false;
      }
      if (begun == null || event.place().transaction() != begun.place().transaction()) {
        if (!damaged) {
          gap(logged, "no BEGIN of its transaction came before it");
        }
        passing = begun == null;
        damaged = begun != null;
        return false;
      }
      if (!damaged && event.place().order() != order + 1) {
        gap(logged, "order " + (order + 1) + " is missing before it");
        damaged = true;
      }
      order++;
      if (event instanceof TransactionEnd last) {
        return end(begun, last, logged);
      }
      if (!damaged) {
        sink.change((ChangeEvent) event);
      }
      return false;
    }

    private boolean begin(TransactionBegin begin, LoggedEvent logged) {
      long number = begin.place().transaction();
      passing = false;
      if (torn.contains(logged.offset())) {
        passing = true;
        return false;
      }
      if (open != null && damaged && number > open.place().transaction()) {
        close(open.place().transaction(), logged.offset());
        if (complete >= upTo) {
          pending.addFirst(logged);
          return true;
        }
      } else if (open != null) {
        torn.add(openedAt);
        if (restart()) {
          return false;
        }
      }
      if (complete != ANY && number <= complete) {
        passing = true;
        return false;
      }
      if (complete != ANY && number > complete + 1) {
        gap(logged, "transactions " + (complete + 1) + " to " + (number - 1) + " are missing");
        complete = number - 1;
        offset = logged.offset();
        position = null;
        if (complete >= upTo) {
          pending.addFirst(logged);
          return true;
        }
      }
      open(begin, logged);
      return false;
    }

    private void open(TransactionBegin begin, LoggedEvent logged) {
      if (begin.place().order() != 0) {
        gap(logged, "it is a BEGIN with order " + begin.place().order());
      }
      if (startComplete == ANY) {
        upTo = begin.place().transaction();
      }
      open = begin;
      openedAt = logged.offset();
      gapsBefore = gaps.size();
      order = 0;
      damaged = false;
      sink.begin(begin);
    }

    /** Tells whether the reader went back, so that what comes next is read already. */
    private boolean restart() {
      open = null;
      damaged = false;
      sink.restart();
      gaps.subList(gapsBefore, gaps.size()).clear();
      if (complete == startComplete) {
        return false;
      }
      seek(startOffset, startComplete, startPosition);
      gaps = new ArrayList<>();
      end = null;
      return true;
    }

    private boolean end(TransactionBegin begun, TransactionEnd last, LoggedEvent logged) {
      if (!damaged) {
        check(begun, last, logged);
      }
      close(begun.place().transaction(), logged.offset() + 1);
      position = last.position();
      end = last;
      sink.end(last);
      return complete >= upTo;
    }

    private void check(TransactionBegin begun, TransactionEnd last, LoggedEvent logged) {
      Position before = position;
      if (last.eventCount() != order - 1) {
        gap(logged, "the END counts " + last.eventCount() + " changes, there are " + (order - 1));
      } else if (!last.sourceTransaction().equals(begun.sourceTransaction())) {
        gap(logged, "it ends another transaction than its BEGIN began");
      } else if (before != null && !last.position().isAfter(before)) {
        gap(logged, "its position is not behind the one of the transaction before");
      }
    }

    private void close(long number, long next) {
      open = null;
      damaged = false;
      complete = number;
      offset = next;
    }

    private void gap(LoggedEvent logged, String what) {
      gaps.add(new Reading.Gap(logged.offset(), logged.event().place(), what));
    }
  }
}
