package nl.veer.control.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.Role;
import nl.veer.control.wave.WaveRemoval;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** A record that is damaged stops the wave at its offset: it is neither skipped nor guessed. */
class CorruptRecordIT {

  @Test
  void nothingBehindADamagedRecordIsAppliedUntilTheWaveIsLoadedAgain() throws Exception {
    try (CrossingWorld world = CrossingWorld.with("CREATE TABLE t (id int PRIMARY KEY, v text)")) {
      Crossing crossing = world.cross();
      world.onSource("INSERT INTO t VALUES (1, 'secret value')");
      crossing.awaitEqual();
      crossing.close();

      Crossing capture = world.begin(Role.CAPTURE);
      world.onSource("INSERT INTO t VALUES (2, 'before')");
      awaitCaptured(world, capture);
      long offset = damage(world.wave.logTopic());
      world.onSource("INSERT INTO t VALUES (3, 'behind')");
      awaitCaptured(world, capture);

      Crossing replicator = world.begin(Role.REPLICATE);
      Failure failure = replicator.awaitIncident("RECORD_CORRUPT");

      assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_DATA);
      assertThat(failure.getMessage())
          .contains("Record " + offset + " of log " + world.wave.logTopic())
          .doesNotContain("secret", "before");
      CrossingWorld.await(
          "what stands before it", () -> Objects.requireNonNull(text(world)).equals("1\n2"));
      assertThat(Long.parseLong(world.targetText("SELECT log_offset FROM veer.stamp")))
          .isLessThanOrEqualTo(offset);
      replicator.close();
      capture.close();

      new WaveRemoval(
              world.migration().source(),
              world.migration().target(),
              OpenLog.at(CrossingWorld.sandbox().kafka(), CrossingWorld.sandbox().registry())
                  .kafka())
          .loadAgain(world.wave);
      Crossing again = world.cross();
      world.onSource("INSERT INTO t VALUES (4, 'again')");
      again.awaitEqual();
    }
  }

  private static String text(CrossingWorld world) {
    try {
      return world.targetText("SELECT id FROM t ORDER BY id");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitCaptured(CrossingWorld world, Crossing capture) throws Exception {
    LsnPosition behind = world.mark();
    capture.await(
        "the log",
        () -> {
          Position position = capture.capture().position();
          return position != null && position.isAfter(behind);
        });
  }

  /** Writes the last row's record once more, without its end; answers the offset. */
  private static long damage(String topic) throws Exception {
    String bootstrap = CrossingWorld.sandbox().kafka().bootstrap();
    ConsumerRecord<byte[], byte[]> last = lastInsert(topic, bootstrap);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      byte[] torn = Arrays.copyOf(last.value(), last.value().length / 2);
      return producer
          .send(new ProducerRecord<>(topic, 0, last.key(), torn, last.headers()))
          .get(60, TimeUnit.SECONDS)
          .offset();
    }
  }

  private static ConsumerRecord<byte[], byte[]> lastInsert(String topic, String bootstrap) {
    TopicPartition log = new TopicPartition(topic, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(log));
      long end = Objects.requireNonNull(consumer.endOffsets(List.of(log)).get(log));
      consumer.seekToBeginning(List.of(log));
      ConsumerRecord<byte[], byte[]> found = null;
      while (consumer.position(log) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          byte[] kind = record.headers().lastHeader("veer.kind").value();
          found = kind[0] == 'I' ? record : found;
        }
      }
      return Objects.requireNonNull(found);
    }
  }
}
