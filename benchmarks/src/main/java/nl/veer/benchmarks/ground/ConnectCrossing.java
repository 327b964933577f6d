package nl.veer.benchmarks.ground;

import java.util.List;
import java.util.Map;
import nl.veer.benchmarks.connect.ConnectWorker;
import nl.veer.benchmarks.connect.Database;
import nl.veer.benchmarks.connect.DebeziumSource;
import nl.veer.benchmarks.connect.JdbcSink;
import nl.veer.benchmarks.connect.TopicLengths;

/**
 * A crossing by Debezium's source and its JDBC sink, in the world's Kafka Connect worker. What the
 * sink's quicker form can write is written by that: a batch as one statement over arrays. The
 * connectors that were started end with its close.
 */
public final class ConnectCrossing implements AutoCloseable {
  private final Crossing crossing;
  private final ConnectWorker worker;
  private boolean source;
  private boolean sink;

  public ConnectCrossing(Crossing crossing) {
    this.crossing = crossing;
    this.worker = crossing.world().worker();
  }

  private String sourceName() {
    return crossing.database() + "-source";
  }

  private String sinkName() {
    return crossing.database() + "-sink";
  }

  private String topic() {
    return "%s.public.%s".formatted(crossing.database(), crossing.shape().name());
  }

  /** Captures what commits from now on; returns when it does. */
  public void startSource() {
    source = true;
    worker.put(
        sourceName(),
        DebeziumSource.config(
            Database.of(crossing.world().source(), crossing.database()),
            crossing.database(),
            crossing.database(),
            "debezium",
            List.of("public." + crossing.shape().name()),
            false));
  }

  /** It goes on where it was, when it is started again. */
  public void stopSource() {
    worker.delete(sourceName());
    source = false;
  }

  /** Waits until the topic holds so many changes. */
  public void awaitCaptured(long changes) throws Exception {
    try (TopicLengths topics = new TopicLengths(crossing.world().kafka().bootstrap())) {
      Work.await(() -> topics.of(topic()) >= changes, this::requireGoing);
    }
  }

  /** Writes what the topic holds and will hold to the target; returns when it does. */
  public void startSink() {
    putSink(crossing.shape().unnests() ? JdbcSink.unnesting(target(), topics()) : plain());
  }

  /** The same in its plain form, with other settings. */
  public void startSink(Map<String, String> settings) {
    Map<String, String> config = plain();
    config.putAll(settings);
    putSink(config);
  }

  private Database target() {
    return Database.of(crossing.world().target(), crossing.database());
  }

  private List<String> topics() {
    return List.of(topic());
  }

  private Map<String, String> plain() {
    return JdbcSink.config(target(), topics());
  }

  private void putSink(Map<String, String> config) {
    sink = true;
    worker.put(sinkName(), config);
  }

  /** Throws if one of them has failed. */
  public void requireGoing() {
    if (source) {
      worker.isRunning(sourceName());
    }
    if (sink) {
      worker.isRunning(sinkName());
    }
  }

  @Override
  public void close() {
    if (sink) {
      worker.delete(sinkName());
    }
    if (source) {
      worker.delete(sourceName());
    }
  }
}
