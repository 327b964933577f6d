package nl.veer.control.standby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.event.LogId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.connectors.log.LogTopic;
import nl.veer.connectors.log.LogWriter;
import nl.veer.connectors.log.TopicConfig;
import nl.veer.control.config.ConfigFile;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.RoleHome;
import nl.veer.control.wave.Role;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a process that was lost in the middle of its work. */
class RemainsIT {
  private static final TopicConfig ONE_COPY = new TopicConfig(1, 1, 8 << 20);

  @TempDir private Path directory;

  @Test
  void whatItsWriterLeftOpenIsDiscardedAndTheOthersIsNot() throws Exception {
    try (CrossingWorld world = CrossingWorld.with();
        RoleHome home = RoleHome.of(world, directory)) {
      VeerConfig config = ConfigFile.read(home.directory().resolve("veer.yaml"), Map.of());
      KafkaEndpoint kafka = new KafkaEndpoint(world.servers().bootstrap(), Map.of());
      try (LogWriter capture = leaveOpen(kafka, world.wave);
          LogWriter echo = leaveOpen(kafka, world.wave.echo())) {

        Remains.end(config, List.of(world.wave), Role.VERIFY);

        assertThat(isSettled(kafka, world.wave.echo())).isTrue();
        assertThat(isSettled(kafka, world.wave)).isFalse();
        capture.commit();
        assertThatThrownBy(echo::commit)
            .isInstanceOfSatisfying(
                Failure.class, cut -> assertThat(cut.code()).isEqualTo(LogWriter.FENCED));
      }
    }
  }

  @Test
  void aWaveThatHasNoLogYetIsLeftAlone() throws Exception {
    try (CrossingWorld world = CrossingWorld.with();
        RoleHome home = RoleHome.of(world, directory)) {
      VeerConfig config = ConfigFile.read(home.directory().resolve("veer.yaml"), Map.of());

      Remains.end(config, List.of(world.wave), Role.CAPTURE);

      KafkaEndpoint kafka = new KafkaEndpoint(world.servers().bootstrap(), Map.of());
      assertThat(new LogTopic(kafka, world.wave).id()).isEmpty();
    }
  }

  /** Written and not committed, as when a process is killed. */
  private static LogWriter leaveOpen(KafkaEndpoint kafka, LogId log) {
    new LogTopic(kafka, log).create(ONE_COPY);
    LogWriter writer = LogWriter.open(kafka, log, ONE_COPY);
    writer.append("x".getBytes(StandardCharsets.UTF_8), new RecordHeaders());
    CrossingWorld.await("it to be written", () -> !isSettled(kafka, log));
    return writer;
  }

  private static boolean isSettled(KafkaEndpoint kafka, LogId log) {
    return new LogTopic(kafka, log).isSettledWithin(Duration.ZERO);
  }
}
