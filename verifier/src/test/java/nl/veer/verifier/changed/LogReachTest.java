package nl.veer.verifier.changed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.LogEvent;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.TransactionBegin;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.LogReader;
import nl.veer.connectors.log.LoggedEvent;
import org.junit.jupiter.api.Test;

class LogReachTest {
  private static final int BACK = 10_000;

  @Test
  void theFirstEndIsThatOfTheFirstTransactionWhichIsThere() {
    Shelf shelf = new Shelf(1_001, 40);

    assertThat(first(shelf, Duration.ZERO).orElseThrow().place().transaction()).isEqualTo(500);
  }

  @Test
  void theFirstEndOfALogThatWasOnlyMadeIsWaitedFor() {
    Shelf shelf = new Shelf(0, 40);
    shelf.silent = 3;

    assertThat(first(shelf, Duration.ofMinutes(1)).orElseThrow().place().transaction()).isZero();
  }

  @Test
  void anEmptyLogReachesNowhere() {
    assertThat(first(new Shelf(0, 0), Duration.ZERO)).isEmpty();
  }

  private static Optional<TransactionEnd> first(Shelf shelf, Duration patience) {
    return new LogReach(shelf, new StopSignal()).first(patience);
  }

  @Test
  void aLongLogIsReadFromWellBeforeThePlaceThatIsWanted() {
    Shelf shelf = new Shelf(0, 1_000_000);

    new LogReach(shelf, new StopSignal()).seekBefore(end -> end.place().transaction() <= 300_000);

    // Two records make a transaction.
    assertThat(shelf.next).isBetween(600_000L - 3 * BACK, 600_000L - BACK);
  }

  @Test
  void aShortLogIsReadFromItsBegin() {
    Shelf shelf = new Shelf(6, 9_000);

    new LogReach(shelf, new StopSignal()).seekBefore(end -> end.place().transaction() <= 4_000);

    assertThat(shelf.next).isEqualTo(6);
  }

  /** Transactions of a begin and an end each: number n has the records 2n and 2n + 1. */
  private static final class Shelf implements LogReader {
    private final long begin;
    private final long end;
    private long next;

    /** So many polls bring nothing yet. */
    private int silent;

    Shelf(long begin, long records) {
      this.begin = begin;
      this.end = begin + records;
    }

    @Override
    public String logId() {
      return "shelf";
    }

    @Override
    public long beginOffset() {
      return begin;
    }

    @Override
    public long endOffset() {
      return end;
    }

    @Override
    public boolean isAtEnd() {
      return silent > 0 || next >= end;
    }

    @Override
    public void seek(long offset) {
      next = offset;
    }

    @Override
    public List<LoggedEvent> poll(Duration timeout) {
      List<LoggedEvent> events = new ArrayList<>();
      if (silent > 0) {
        silent--;
        return events;
      }
      for (int i = 0; i < 10 && next < end; i++, next++) {
        events.add(new LoggedEvent(next, 1, event(next)));
      }
      return events;
    }

    private static LogEvent event(long offset) {
      EventPlace place = new EventPlace(offset / 2, 0);
      return offset % 2 == 0
          ? new TransactionBegin(place, "7")
          : new TransactionEnd(place, "7", new LsnPosition(offset), 0, Instant.EPOCH);
    }

    @Override
    public void close() {
      next = end;
    }
  }
}
