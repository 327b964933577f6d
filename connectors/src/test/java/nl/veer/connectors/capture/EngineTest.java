package nl.veer.connectors.capture;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.storage.MemoryOffsetBackingStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EngineTest {
  private static final Failure AWAY =
      new Failure(FailureKind.TRANSIENT, "AWAY", "The log does not answer.");

  /** Debezium itself waits much longer for its task to end. */
  @Test
  @Timeout(value = 25, unit = TimeUnit.SECONDS)
  void aSilentServerDoesNotKeepBackThatTheLogIsAway() {
    HangingTask.SERVER_ANSWERS = new CountDownLatch(1);
    Properties settings = new Properties();
    settings.setProperty("name", "hanging");
    settings.setProperty("topic.prefix", "hanging");
    settings.setProperty("bootstrap.servers", "unused:9092");
    settings.setProperty("connector.class", HangingConnector.class.getName());
    settings.setProperty("offset.storage", MemoryOffsetBackingStore.class.getName());
    settings.setProperty("errors.max.retries", "0");
    Engine engine = new Engine(settings, new Refusal(), HangingTask.SERVER_ANSWERS::countDown);

    assertThatThrownBy(() -> engine.run(new StopSignal(), () -> null, "hanging")).isSameAs(AWAY);
  }

  private static final class Refusal implements Outlet {
    private volatile @Nullable Failure failure;

    @Override
    public void handleBatch(
        List<RecordChangeEvent<SourceRecord>> batch,
        DebeziumEngine.RecordCommitter<RecordChangeEvent<SourceRecord>> committer) {
      failure = AWAY;
      throw AWAY;
    }

    @Override
    public void end() {}

    @Override
    public @Nullable Failure failure() {
      return failure;
    }
  }

  /** Its task cannot end until somebody cuts what it waits for. */
  public static final class HangingConnector extends SourceConnector {
    @Override
    public void start(Map<String, String> settings) {}

    @Override
    public Class<? extends Task> taskClass() {
      return HangingTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int most) {
      return List.of(Map.of());
    }

    @Override
    public void stop() {}

    @Override
    public ConfigDef config() {
      return new ConfigDef();
    }

    @Override
    public String version() {
      return "1";
    }
  }

  public static final class HangingTask extends SourceTask {
    private static volatile CountDownLatch SERVER_ANSWERS = new CountDownLatch(1);

    @Override
    public void start(Map<String, String> settings) {}

    @Override
    public List<SourceRecord> poll() {
      return List.of(
          new SourceRecord(Map.of(), Map.of(), "topic", Schema.OPTIONAL_STRING_SCHEMA, "change"));
    }

    @Override
    public void stop() {
      boolean interrupted = false;
      while (true) {
        try {
          SERVER_ANSWERS.await();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public String version() {
      return "1";
    }
  }
}
