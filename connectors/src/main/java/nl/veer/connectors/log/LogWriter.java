package nl.veer.connectors.log;

import java.time.Duration;
import nl.veer.connectors.event.WaveId;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The only writer of a wave's log. Opening one fences every earlier one, even one on another
 * machine that is merely slow. What is appended becomes visible at {@link #commit}, all of it or
 * nothing; after a failure the writer is of no more use. Owned by one thread.
 */
public final class LogWriter implements AutoCloseable {
  /** The code of the failure of a writer that was fenced. */
  public static final String FENCED = "LOG_FENCED";

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private boolean open;

  private LogWriter(Producer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  /** Opens the writer; whatever an earlier one left uncommitted is discarded. */
  public static LogWriter open(KafkaEndpoint kafka, WaveId wave) {
    String topic = wave.logTopic();
    Producer<byte[], byte[]> producer;
    try {
      producer = KafkaClients.producer(kafka, topic + ".writer");
    } catch (RuntimeException e) {
      throw KafkaFailures.of("open the writer of topic " + topic, e);
    }
    try {
      producer.initTransactions();
      return new LogWriter(producer, topic);
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw KafkaFailures.of("open the writer of topic " + topic, e);
    }
  }

  /**
   * Appends a record to what the next {@link #commit} makes visible.
   *
   * @param value null for a record of headers only
   */
  public void append(byte @Nullable [] value, Headers headers) {
    try {
      if (!open) {
        producer.beginTransaction();
        open = true;
      }
      producer.send(new ProducerRecord<>(topic, 0, null, null, value, headers));
    } catch (RuntimeException e) {
      throw KafkaFailures.of("write to topic " + topic, fencedOr(e));
    }
  }

  /** Makes what was appended visible and durable; nothing happens if that is nothing. */
  public void commit() {
    if (!open) {
      return;
    }
    try {
      producer.commitTransaction();
      open = false;
    } catch (RuntimeException e) {
      throw KafkaFailures.of("commit to topic " + topic, fencedOr(e));
    }
  }

  /**
   * A stale epoch may mean that Kafka has timed the transaction out, which the next start mends, or
   * that another writer has taken over, which must end this one. Only the answer to an abort tells.
   */
  private RuntimeException fencedOr(RuntimeException thrown) {
    if (!(thrown instanceof InvalidProducerEpochException)
        && !(thrown.getCause() instanceof InvalidProducerEpochException)) {
      return thrown;
    }
    try {
      open = false;
      producer.abortTransaction();
      return thrown;
    } catch (ProducerFencedException fenced) {
      return fenced;
    } catch (RuntimeException other) {
      return other.getCause() instanceof ProducerFencedException fenced ? fenced : thrown;
    }
  }

  /** Ends the writer; what was not committed is discarded. */
  @Override
  public void close() {
    try {
      if (open) {
        producer.abortTransaction();
      }
    } catch (RuntimeException e) {
      // Kafka discards it by itself when the transaction times out or the next writer opens.
    }
    producer.close(CLOSE_PATIENCE);
  }
}
