package nl.veer.verifier.changed;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.LogReader;
import nl.veer.connectors.log.LoggedEvent;

/** Finds places in a log by its transactions' ends. Owned by one thread. */
final class LogReach {
  /**
   * A commit may be in a log before the database shows it to others: it waits for a standby. So
   * many records before a place are looked at for such.
   */
  private static final long BACK = 10_000;

  private static final Duration POLL = Duration.ofMillis(200);

  private final LogReader reader;
  private final StopSignal stop;

  LogReach(LogReader reader, StopSignal stop) {
    this.reader = reader;
    this.stop = stop;
  }

  /**
   * The first transaction's end that the log still has.
   *
   * @param patience for a log that was only made, and whose first heartbeat is still on its way
   * @return empty if it has none by then
   */
  Optional<TransactionEnd> first(Duration patience) {
    long begin = System.nanoTime();
    Optional<TransactionEnd> found = firstFrom(reader.beginOffset());
    while (found.isEmpty() && System.nanoTime() - begin < patience.toNanos()) {
      found = firstFrom(reader.beginOffset());
    }
    return found;
  }

  /**
   * Seeks to a place such that all that lies before it lies well before what is wanted.
   *
   * @param early whether a transaction's end is not behind what is wanted; true of the first one in
   *     the log, and of none that follows one of which it is not true
   */
  void seekBefore(Predicate<TransactionEnd> early) {
    long begin = reader.beginOffset();
    long low = begin;
    long high = reader.endOffset();
    while (high - low > BACK) {
      long middle = low + (high - low) / 2;
      if (firstFrom(middle).filter(early).isPresent()) {
        low = middle;
      } else {
        high = middle;
      }
    }
    reader.seek(Math.max(begin, low - BACK));
  }

  private Optional<TransactionEnd> firstFrom(long offset) {
    reader.seek(offset);
    while (!stop.isRaised()) {
      List<LoggedEvent> events = reader.poll(POLL);
      for (LoggedEvent logged : events) {
        if (logged.event() instanceof TransactionEnd end) {
          return Optional.of(end);
        }
      }
      if (events.isEmpty() && reader.isAtEnd()) {
        return Optional.empty();
      }
    }
    throw Chunks.stopped();
  }
}
