package nl.veer.replicator.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.veer.connectors.event.WaveId;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a task does while its target does not answer; the rest wants a cluster. */
class VeerSinkTaskTest {
  private static final TopicPartition LOG = new TopicPartition("veer.shop.main.log", 0);

  private final List<String> asked = new ArrayList<>();
  private final VeerSinkTask task = new VeerSinkTask();

  @BeforeEach
  void start() {
    task.initialize(new Context());
    task.start(Settings.sound());
  }

  @AfterEach
  void stop() {
    task.stop();
  }

  @Test
  void refusesEveryPartitionButTheLogs() {
    assertThatThrownBy(() -> task.open(List.of(new TopicPartition(LOG.topic(), 1))))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("one partition");
  }

  @Test
  void wantsNothingAndCommitsNothingBeforeItHasReadTheStamp() {
    task.open(List.of(LOG));
    task.put(List.of());
    assertThat(asked).containsExactly("pause " + LOG);
    assertThat(task.preCommit(Map.of())).isEmpty();
  }

  @Test
  void refusesRecordsThatAConverterHasBent() {
    task.open(List.of(LOG));
    SinkRecord bent = new SinkRecord(LOG.topic(), 0, null, null, null, "text", 7);
    assertThatThrownBy(() -> task.put(List.of(bent)))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("Record 7 of veer.shop.main.log")
        .hasMessageContaining("value.converter");
  }

  @Test
  void showsItsReplicatorToJmxAsLongAsItHasOne() throws Exception {
    WaveId wave = new WaveId("shop", "main");
    task.open(List.of(LOG));
    assertThat(
            ManagementFactory.getPlatformMBeanServer()
                .getAttribute(ReplicatorBean.name(wave), "Transaction"))
        .isEqualTo(0L);
    task.close(List.of(LOG));
    assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(ReplicatorBean.name(wave)))
        .isFalse();
  }

  private final class Context implements SinkTaskContext {
    @Override
    public Map<String, String> configs() {
      return Settings.sound();
    }

    @Override
    public void offset(Map<TopicPartition, Long> offsets) {
      offsets.forEach((partition, offset) -> offset(partition, offset.longValue()));
    }

    @Override
    public void offset(TopicPartition partition, long offset) {
      asked.add("offset " + partition + " " + offset);
    }

    @Override
    public void timeout(long timeoutMs) {}

    @Override
    public Set<TopicPartition> assignment() {
      return Set.of(LOG);
    }

    @Override
    public void pause(TopicPartition... partitions) {
      asked.add("pause " + partitions[0]);
    }

    @Override
    public void resume(TopicPartition... partitions) {
      asked.add("resume " + partitions[0]);
    }

    @Override
    public void requestCommit() {}

    @Override
    public PluginMetrics pluginMetrics() {
      throw new UnsupportedOperationException();
    }
  }
}
