package nl.veer.control.word;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.connectors.log.KafkaPreflight;
import nl.veer.connectors.log.StatusTopic;
import nl.veer.connectors.log.TopicConfig;
import nl.veer.control.crossing.AtOnce;
import nl.veer.sandbox.kafka.SandboxKafka;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Words through a real broker, from who says them to who hears them. */
class WordsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final SandboxKafka KAFKA = SandboxKafka.startTemporary();
  private static final KafkaEndpoint ENDPOINT = new KafkaEndpoint(KAFKA.bootstrap(), Map.of());

  @AfterAll
  static void end() {
    KAFKA.close();
  }

  @Test
  @AtOnce
  void whatIsSaidIsHeardAndThatItEndsToo() {
    WaveId wave = new WaveId("heard", "main");
    try (RoleWords reader = follow(wave)) {
      AtomicInteger told = new AtomicInteger();
      reader.listen(words -> told.incrementAndGet());
      assertThat(await(reader, Words::isRead).reach()).isEqualTo(Words.Reach.NO_TOPIC);

      WordPublisher publisher = publish("one", WordSweep.none(), wave);
      Heard capture = await(reader, words -> !words.speaking(wave).isEmpty()).heard().get(0);
      assertThat(capture.word().said()).isEqualTo(new CaptureSaid("0/16B3748", 7, 6, 12));
      assertThat(capture.takenAt()).isBetween(Instant.now().minusSeconds(60), Instant.now());
      assertThat(capture.silent()).isFalse();

      assertThat(topics("heard"))
          .singleElement()
          .satisfies(
              topic -> {
                assertThat(topic.partitions()).isEqualTo(1);
                assertThat(topic.config())
                    .containsEntry("cleanup.policy", "compact")
                    .containsEntry("message.timestamp.type", "LogAppendTime")
                    .containsEntry("segment.bytes", "1048576");
              });

      publisher.close();
      Words over = await(reader, Words::areAllEnded);
      assertThat(over.heard()).hasSize(1);
      assertThat(over.isRead()).isTrue();
      assertThat(told.get()).isGreaterThan(1);
    }
  }

  @Test
  @AtOnce
  void aStartTakesBackWhatThoseBeforeItHaveSaid() {
    WaveId wave = new WaveId("swept", "main");
    publishOnce("first", wave);
    publishOnce("second", wave);
    try (RoleWords reader = follow(wave)) {
      assertThat(await(reader, words -> words.heard().size() == 2).areAllEnded()).isTrue();

      try (WordPublisher third = publish("third", WordSweep.start(ENDPOINT, "swept"), wave)) {
        Words words = await(reader, now -> now.heard().size() == 1 && now.current());
        assertThat(words.heard().get(0).key().instance()).isEqualTo("third");
      }
    }
  }

  @Test
  @AtOnce
  void aWaveThatIsRemovedTakesItsWordsAndTheLastOneTheTopic() {
    WaveId one = new WaveId("removed", "one");
    WaveId other = new WaveId("removed", "other");
    publishOnce("a", one, other);
    try (WordPublisher still = publish("b", WordSweep.none(), one)) {
      try (RoleWords reader = follow(one)) {
        await(reader, words -> !words.speaking(one).isEmpty());
      }
      assertThatThrownBy(() -> WordRemoval.requireSilence(ENDPOINT, one))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("A capture of wave one still runs (process b)");
      WordRemoval.requireSilence(ENDPOINT, other);
    }

    WordRemoval.requireSilence(ENDPOINT, one);
    WordRemoval.forget(ENDPOINT, one);
    try (RoleWords reader = follow(one)) {
      Words left = await(reader, Words::isRead);
      assertThat(left.heard()).extracting(heard -> heard.key().wave()).containsExactly(other);
    }
    assertThat(topics("removed")).isNotEmpty();

    WordRemoval.forget(ENDPOINT, other);
    WordRemoval.forget(ENDPOINT, other);
    assertThat(topics("removed")).isEmpty();
  }

  private static List<KafkaPreflight.Topic> topics(String migration) {
    return KafkaPreflight.read(ENDPOINT, Set.of(StatusTopic.name(migration))).topics();
  }

  private static Words await(RoleWords reader, Predicate<Words> so) {
    Words words = reader.await(so, PATIENCE);
    assertThat(so.test(words)).as(words.toString()).isTrue();
    return words;
  }

  private static RoleWords follow(WaveId wave) {
    return RoleWords.follow(ENDPOINT, wave.migration(), Clock.systemUTC());
  }

  private static void publishOnce(String instance, WaveId... waves) {
    try (RoleWords reader = follow(waves[0])) {
      WordPublisher publisher = publish(instance, WordSweep.none(), waves);
      await(
          reader,
          words -> words.heard().stream().anyMatch(one -> one.key().instance().equals(instance)));
      publisher.close();
    }
  }

  private static WordPublisher publish(String instance, WordSweep sweep, WaveId... waves) {
    String migration = waves[0].migration();
    List<Word> words =
        Stream.of(waves)
            .map(wave -> new WordKey(wave, 0, Speaker.CAPTURE, instance))
            .map(key -> Sample.word(key, Doing.RUNNING))
            .toList();
    return WordPublisher.start(
        migration,
        () -> StatusTopic.open(ENDPOINT, migration, new TopicConfig(1, 1)),
        () -> words,
        sweep);
  }
}
