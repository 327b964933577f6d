package nl.veer.connectors.log;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import nl.veer.connectors.event.LogId;
import nl.veer.connectors.failure.Failure;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only writer of a wave's log. Opening one fences every earlier one, even one on another
 * machine that is merely slow. What is appended becomes visible at {@link #commit}, all of it or
 * nothing; after a failure the writer is of no more use. Owned by one thread.
 */
public final class LogWriter implements AutoCloseable {
  /** The code of the failure of a writer that was fenced. */
  public static final String FENCED = "LOG_FENCED";

  private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private boolean open;
  private volatile boolean broken;

  LogWriter(Producer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  /** Opens the writer; whatever an earlier one left uncommitted is discarded. */
  public static LogWriter open(KafkaEndpoint kafka, LogId log, TopicConfig config) {
    String topic = log.logTopic();
    Producer<byte[], byte[]> producer;
    try {
      producer = KafkaClients.producer(kafka, topic + ".writer", config);
    } catch (RuntimeException e) {
      throw KafkaFailures.of("open the writer of topic " + topic, e);
    }
    try {
      producer.initTransactions();
      return new LogWriter(producer, topic);
    } catch (RuntimeException e) {
      closeWithin(producer, topic, Duration.ZERO);
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
      requireTaken(producer.send(new ProducerRecord<>(topic, 0, null, null, value, headers)));
    } catch (RuntimeException e) {
      throw failed("write to topic " + topic, e);
    }
  }

  /**
   * Kafka's client does not throw what it has waited for in vain (its brokers, room in its buffer),
   * but hands it over in the answer; and would wait as long with the next record, and each one of
   * the batch. What is only on its way is not waited for: the commit does that.
   */
  private static void requireTaken(Future<RecordMetadata> sent) {
    if (!sent.isDone()) {
      return;
    }
    try {
      sent.get();
    } catch (ExecutionException e) {
      throw new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
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
      throw failed("commit to topic " + topic, e);
    }
  }

  private Failure failed(String step, RuntimeException thrown) {
    Failure failure = KafkaFailures.of(step, fencedOr(thrown));
    broken = true;
    return failure;
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

  /** Breaks off whatever waits for Kafka in this writer. Safe from any thread; never waits. */
  public void abort() {
    broken = true;
    producer.close(Duration.ZERO);
  }

  /**
   * Ends the writer; what was not committed is discarded. After a failure nothing is asked of Kafka
   * any more: it may be away, and discards it by itself.
   */
  @Override
  public void close() {
    if (broken) {
      closeWithin(producer, topic, Duration.ZERO);
      return;
    }
    try {
      if (open) {
        producer.abortTransaction();
      }
    } catch (RuntimeException e) {
      // Kafka discards it by itself when the transaction times out or the next writer opens.
    }
    closeWithin(producer, topic, CLOSE_PATIENCE);
  }

  /** Whoever stops Veer interrupts this wait too, which Kafka's client answers with an error. */
  private static void closeWithin(Producer<?, ?> producer, String topic, Duration patience) {
    try {
      producer.close(patience);
    } catch (RuntimeException e) {
      LOG.atWarn()
          .addKeyValue("topic", topic)
          .addKeyValue("cause", e.getClass().getSimpleName())
          .log("The writer did not close in order; what it left uncommitted, Kafka discards");
    }
  }
}
