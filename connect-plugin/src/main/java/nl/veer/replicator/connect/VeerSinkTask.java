package nl.veer.replicator.connect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.log.FetchedRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;

/**
 * Hands a wave's log to its replicator, for as long as Connect has assigned it to this task. Each
 * call of {@link #put} is a moment to hear what the replicator wants: to go on from somewhere, to
 * get no more for a while, or to end. Connect's committed offsets are written for whoever looks at
 * them, and never believed. Owned by Connect's thread.
 */
public final class VeerSinkTask extends SinkTask {
  /** The longest that the replicator is not heard, while no record comes. */
  private static final long TICK_MILLIS = 50;

  private @Nullable SinkConfig config;
  private @Nullable TopicPartition log;
  private @Nullable WaveSink sink;
  private boolean paused;

  @Override
  public void start(Map<String, String> props) {
    SinkConfig read = SinkConfig.of(props);
    config = read;
    log = new TopicPartition(read.wave().logTopic(), 0);
  }

  @Override
  public void open(Collection<TopicPartition> partitions) {
    TopicPartition own = Objects.requireNonNull(log);
    for (TopicPartition partition : partitions) {
      if (!partition.equals(own)) {
        throw new ConnectException(
            "The task was given %s, but the log of a wave is %s: a topic of one partition, for its"
                    .formatted(partition, own)
                + " order.");
      }
    }
    close(partitions);
    WaveSink begun = new WaveSink(Objects.requireNonNull(config));
    sink = begun;
    // Nothing is wanted before the stamp was read.
    paused = true;
    context.pause(own);
    context.timeout(TICK_MILLIS);
    begun.start();
  }

  @Override
  public void put(Collection<SinkRecord> records) {
    context.timeout(TICK_MILLIS);
    WaveSink running = sink;
    if (running == null) {
      return;
    }
    requireRunning(running);
    TopicPartition own = Objects.requireNonNull(log);
    OptionalLong sought = running.takeSeek();
    if (sought.isPresent()) {
      // What came with this call is of the place before.
      context.offset(own, sought.getAsLong());
    } else {
      running.put(fetched(records));
    }
    pause(own, !running.wantsMore());
  }

  private static void requireRunning(WaveSink running) {
    Throwable end = running.end();
    if (end instanceof Failure failure) {
      throw new ConnectException(
          "Wave %s: %s (%s, %s)"
              .formatted(running.wave(), failure.getMessage(), failure.kind(), failure.code()),
          failure);
    } else if (end != null) {
      throw new ConnectException("Wave %s: %s".formatted(running.wave(), end), end);
    }
  }

  private void pause(TopicPartition own, boolean wanted) {
    if (wanted && !paused) {
      context.pause(own);
    } else if (!wanted && paused) {
      context.resume(own);
    }
    paused = wanted;
  }

  private static List<FetchedRecord> fetched(Collection<SinkRecord> records) {
    List<FetchedRecord> fetched = new ArrayList<>(records.size());
    for (SinkRecord record : records) {
      Headers headers = new RecordHeaders();
      for (Header header : record.headers()) {
        headers.add(header.key(), bytes(record, header.value(), "header.converter"));
      }
      fetched.add(
          new FetchedRecord(
              record.kafkaOffset(), bytes(record, record.value(), "value.converter"), headers));
    }
    return fetched;
  }

  private static byte @Nullable [] bytes(
      SinkRecord record, @Nullable Object value, String converter) {
    if (value == null) {
      return null;
    }
    if (value instanceof byte[] bytes) {
      return bytes;
    }
    throw new ConnectException(
        "Record %d of %s did not come as bytes: %s must be %s"
            .formatted(record.kafkaOffset(), record.topic(), converter, SinkRules.BYTES));
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> preCommit(
      Map<TopicPartition, OffsetAndMetadata> current) {
    WaveSink running = sink;
    OptionalLong next = running == null ? OptionalLong.empty() : running.nextOffset();
    return next.isPresent()
        ? Map.of(Objects.requireNonNull(log), new OffsetAndMetadata(next.getAsLong()))
        : Map.of();
  }

  @Override
  public void close(Collection<TopicPartition> partitions) {
    stop();
  }

  @Override
  public void stop() {
    WaveSink running = sink;
    sink = null;
    if (running != null) {
      running.close();
    }
  }

  @Override
  public String version() {
    return PluginVersion.text();
  }
}
