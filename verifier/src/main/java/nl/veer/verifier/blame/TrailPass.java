package nl.veer.verifier.blame;

import java.time.Duration;
import java.util.List;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.LogReader;
import nl.veer.connectors.log.LoggedEvent;
import nl.veer.verifier.blame.RowTrail.Reach;

/**
 * One reading of a topic's newest records for somebody who may go: bounded in records and time, and
 * at a pace that leaves Kafka and the machine to others. Owned by one thread.
 */
final class TrailPass {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long NANOS = 1_000_000_000L;

  private final Bounds bounds;
  private final StopSignal stop;
  private final TrailSearch.Waiting waiting;
  private long read;

  /**
   * How much is read of a topic.
   *
   * @param records at most
   * @param perSecond at most
   * @param time at most
   */
  record Bounds(long records, long perSecond, Duration time) {}

  TrailPass(Bounds bounds, StopSignal stop, TrailSearch.Waiting waiting) {
    this.bounds = bounds;
    this.stop = stop;
    this.waiting = waiting;
  }

  /** How many records were read. */
  long count() {
    return read;
  }

  /** Reads what the topic holds by now. */
  Reach run(String topic, LogReader reader, TopicSink sink) {
    long begin = reader.beginOffset();
    long end = reader.endOffset();
    long from = Math.max(begin, end - bounds.records());
    reader.seek(from);
    long begun = System.nanoTime();
    long last = from - 1;
    // The last offsets may be markers of Kafka's own, of which no record comes.
    while (last + 1 < end) {
      if (stop.isRaised()
          || !waiting.isWanted()
          || System.nanoTime() - begun > bounds.time().toNanos()) {
        return Reach.OUT_OF_TIME;
      }
      List<LoggedEvent> events = reader.poll(POLL);
      if (events.isEmpty() && reader.isAtEnd()) {
        break;
      }
      for (LoggedEvent event : events) {
        sink.read(event.event());
        last = event.offset();
        read++;
      }
      waiting.at(topic, last + 1 - from, end - from);
      pause(begun);
    }
    return from > begin ? Reach.NEWEST : begin > 0 ? Reach.BEGINNING_GONE : Reach.WHOLE;
  }

  private void pause(long begun) {
    long due = begun + (long) ((double) read / bounds.perSecond() * NANOS);
    long wait = due - System.nanoTime();
    if (wait > 0) {
      stop.await(Duration.ofNanos(wait));
    }
  }
}
