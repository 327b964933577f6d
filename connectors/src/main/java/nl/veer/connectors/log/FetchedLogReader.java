package nl.veer.connectors.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.event.LogEvent;
import nl.veer.connectors.event.LogId;
import nl.veer.connectors.event.codec.EventDecoder;
import nl.veer.connectors.failure.Failure;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Reads a log whose records somebody else fetches, and gives them through a {@link LogInlet}. What
 * is asked of the topic itself, its id and its ends, a {@link KafkaLogReader} beside it answers,
 * which fetches nothing. Owned by one thread; one reader of an inlet follows another.
 */
public final class FetchedLogReader implements LogReader {
  private static final int POLL_RECORDS = 500;

  private final LogReader topic;
  private final Runnable sameTopic;
  private final EventDecoder decoder;
  private final Runnable release;
  private final LogInlet inlet;

  /**
   * Opens a log for reading; its records come once {@link #seek} has said from where.
   *
   * @throws Failure as {@link KafkaLogReader#open}
   */
  public static FetchedLogReader open(
      KafkaEndpoint kafka,
      RegistryEndpoint registry,
      LogId log,
      TopicConfig config,
      LogInlet inlet) {
    KafkaLogReader topic = KafkaLogReader.open(kafka, registry, log, config);
    try {
      AvroRegistry schemas = new AvroRegistry(registry, log);
      return new FetchedLogReader(
          topic,
          topic::lookAtTopic,
          new EventDecoder(schemas, log.logTopic()),
          schemas::close,
          inlet);
    } catch (RuntimeException e) {
      topic.close();
      throw e;
    }
  }

  /**
   * @param topic answers for the topic; closed with this
   * @param sameTopic fails if the topic is another one by now; called at each poll
   * @param release lets go of the decoder's registry
   */
  FetchedLogReader(
      LogReader topic, Runnable sameTopic, EventDecoder decoder, Runnable release, LogInlet inlet) {
    this.topic = topic;
    this.sameTopic = sameTopic;
    this.decoder = decoder;
    this.release = release;
    this.inlet = inlet;
  }

  @Override
  public String logId() {
    return topic.logId();
  }

  @Override
  public long beginOffset() {
    return topic.beginOffset();
  }

  @Override
  public long endOffset() {
    return topic.endOffset();
  }

  /** Never said: how far the fetching side has looked beyond the last record, nobody knows. */
  @Override
  public boolean isAtEnd() {
    return false;
  }

  @Override
  public void seek(long offset) {
    inlet.seek(offset);
  }

  @Override
  public List<LoggedEvent> poll(Duration timeout) {
    sameTopic.run();
    List<FetchedRecord> records = taken(timeout);
    List<LoggedEvent> events = new ArrayList<>(records.size());
    for (int i = 0; i < records.size(); i++) {
      FetchedRecord record = records.get(i);
      try {
        LogEvent event = decoder.decodeEvent(record.offset(), record.value(), record.headers());
        if (event != null) {
          events.add(new LoggedEvent(record.offset(), record.bytes(), event));
        }
      } catch (Failure failure) {
        // Whoever polls again meets it again: what was taken with it is not passed over.
        inlet.giveBack(records.subList(i, records.size()));
        if (events.isEmpty()) {
          throw failure;
        }
        return events;
      }
    }
    return events;
  }

  private List<FetchedRecord> taken(Duration timeout) {
    try {
      return inlet.take(POLL_RECORDS, timeout);
    } catch (InterruptedException e) {
      throw KafkaFailures.of("wait for records", new InterruptException(e));
    }
  }

  @Override
  public void close() {
    try {
      topic.close();
    } finally {
      release.run();
    }
  }
}
