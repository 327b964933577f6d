package nl.veer.control.word;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.connectors.log.StatusTopic;

/** Takes back what was said of a wave that is removed; with the last wave the topic goes. */
public final class WordRemoval {
  private static final Duration READ = Duration.ofSeconds(30);

  /** A process that was killed a moment ago is silent then; one that ends has said so. */
  private static final Duration LAST_WORDS = WordPublisher.EVERY.multipliedBy(4);

  private WordRemoval() {}

  /**
   * Whoever still speaks would make the topic anew, or tell of a wave that is gone.
   *
   * @throws Failure CONFLICT if a process says that it has a role of it
   */
  public static void requireSilence(KafkaEndpoint kafka, WaveId wave) {
    try (RoleWords words = RoleWords.follow(kafka, wave.migration(), Clock.systemUTC())) {
      read(words, wave);
      Words last = words.await(now -> now.speaking(wave).isEmpty(), LAST_WORDS);
      last.speaking(wave).stream()
          .findFirst()
          .ifPresent(
              heard -> {
                throw new Failure(
                    FailureKind.CONFLICT,
                    "RUNNING",
                    ("A %s of wave %s still runs (process %s). End it first, where it runs: veer"
                            + " stop")
                        .formatted(
                            heard.key().speaker().word(), wave.wave(), heard.key().instance()));
              });
    }
  }

  /** Nothing happens where nobody has ever said anything. */
  public static void forget(KafkaEndpoint kafka, WaveId wave) {
    try (RoleWords words = RoleWords.follow(kafka, wave.migration(), Clock.systemUTC())) {
      Words now = read(words, wave);
      if (now.reach() == Words.Reach.NO_TOPIC) {
        return;
      }
      List<WordKey> keys = now.heard().stream().map(Heard::key).toList();
      if (keys.stream().allMatch(key -> key.wave().equals(wave))) {
        StatusTopic.delete(kafka, wave.migration());
        return;
      }
      try (StatusTopic topic = StatusTopic.existing(kafka, wave.migration())) {
        keys.stream()
            .filter(key -> key.wave().equals(wave))
            .forEach(key -> topic.forget(key.text()));
      }
    }
  }

  private static Words read(RoleWords words, WaveId wave) {
    Words now = words.await(known -> known.isRead() || known.trouble() != null, READ);
    if (!now.isRead()) {
      throw new Failure(
          FailureKind.TRANSIENT,
          "KAFKA_UNAVAILABLE",
          "What the roles of wave %s say cannot be read: %s"
              .formatted(wave.wave(), now.trouble() == null ? "no answer" : now.trouble()));
    }
    return now;
  }
}
