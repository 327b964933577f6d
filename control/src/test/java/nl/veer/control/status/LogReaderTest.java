package nl.veer.control.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.control.word.CaptureSaid;
import nl.veer.control.word.Doing;
import nl.veer.control.word.Heard;
import nl.veer.control.word.Speaker;
import nl.veer.control.word.Word;
import nl.veer.control.word.WordKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Kafka is asked only for what no capture says. */
class LogReaderTest {
  private static final WaveId WAVE = new WaveId("shop", "main");

  /** No client can be made for it, so that to ask it fails at once. */
  private static final KafkaEndpoint NOWHERE = new KafkaEndpoint("nowhere", Map.of());

  @Test
  void howFarALogIsItsCaptureSays() {
    assertThat(LogReader.read(NOWHERE, WAVE, Optional.of(heard("0/2000", Doing.RUNNING, false))))
        .isEqualTo(new LogEnd(true, 7, new LsnPosition(0x2000)));
    assertThat(LogReader.read(NOWHERE, WAVE, Optional.of(heard("0/2000", Doing.RETRYING, false))))
        .isEqualTo(new LogEnd(true, 7, new LsnPosition(0x2000)));
  }

  @Test
  void ofOneThatSaysNothingNowTheTopicIsRead() {
    assertAsked(Optional.empty());
    assertAsked(Optional.of(heard("0/2000", Doing.RUNNING, true)));
    assertAsked(Optional.of(heard("0/2000", Doing.ENDED, false)));
    assertAsked(Optional.of(heard(null, Doing.STARTING, false)));
    assertAsked(Optional.of(heard("a later version's", Doing.RUNNING, false)));
  }

  private static void assertAsked(Optional<Heard> capture) {
    assertThatThrownBy(() -> LogReader.read(NOWHERE, WAVE, capture)).isInstanceOf(Failure.class);
  }

  private static Heard heard(@Nullable String position, Doing doing, boolean silent) {
    Instant at = Instant.parse("2026-11-29T18:00:00Z");
    Word word =
        Word.of(
            new WordKey(WAVE, 0, Speaker.CAPTURE, "a1"),
            doing,
            at,
            Duration.ofSeconds(1),
            null,
            new CaptureSaid(position, 7, 7, 7));
    return new Heard(word, at, Duration.ofMillis(300), silent);
  }
}
