package nl.veer.verifier.blame;

import java.time.Duration;
import java.util.List;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.LogReader;
import nl.veer.connectors.log.LoggedEvent;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a topic, from its first record on. It may be continued when it has come to the
 * topic's end. Owned by one thread.
 */
final class TopicPass implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final String name;
  private final LogReader reader;
  private final List<TopicSink> sinks;
  private final StopSignal stop;
  private final Duration patience;
  private final Progress progress;
  private final boolean whole;
  private @Nullable Position reached;

  /** How far a reading is. */
  public interface Progress {
    /**
     * @param topic the log or the echo
     * @param offset of the record that was read last
     * @param end behind the topic's last record
     */
    void at(String topic, long offset, long end);
  }

  /**
   * @param patience how long nothing may come
   */
  TopicPass(
      String name,
      LogReader reader,
      List<TopicSink> sinks,
      StopSignal stop,
      Duration patience,
      Progress progress) {
    this.name = name;
    this.reader = reader;
    this.sinks = List.copyOf(sinks);
    this.stop = stop;
    this.patience = patience;
    this.progress = progress;
    long begin = reader.beginOffset();
    this.whole = begin == 0;
    reader.seek(begin);
  }

  /** Reads what the topic holds by now. */
  void readToEnd() {
    long end = reader.endOffset();
    long quiet = System.nanoTime();
    // The last offsets may be markers of Kafka's own, of which no record comes.
    while (!stop.isRaised() && System.nanoTime() - quiet < patience.toNanos()) {
      List<LoggedEvent> events = reader.poll(POLL);
      if (!events.isEmpty()) {
        quiet = System.nanoTime();
      }
      long last = read(events);
      progress.at(name, Math.max(0, last), end);
      if (last >= end || events.isEmpty()) {
        return;
      }
    }
  }

  /** Reads on until a transaction has ended there or behind it; false if it does not come. */
  boolean readTo(Position position) {
    long quiet = System.nanoTime();
    while (!stop.isRaised() && System.nanoTime() - quiet < patience.toNanos()) {
      Position now = reached;
      if (now != null && !position.isAfter(now)) {
        return true;
      }
      read(reader.poll(POLL));
    }
    return false;
  }

  private long read(List<LoggedEvent> events) {
    long last = -1;
    for (LoggedEvent event : events) {
      sinks.forEach(sink -> sink.read(event.event()));
      if (event.event() instanceof TransactionEnd end) {
        reached = end.position();
      }
      last = event.offset();
    }
    return last;
  }

  /** Whether no record of the topic's beginning is gone. */
  boolean isWhole() {
    return whole;
  }

  @Override
  public void close() {
    reader.close();
  }
}
