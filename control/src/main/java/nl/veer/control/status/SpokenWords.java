package nl.veer.control.status;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.control.word.Heard;
import nl.veer.control.word.RoleWords;
import nl.veer.control.word.WordPublisher;
import nl.veer.control.word.Words;
import org.jspecify.annotations.Nullable;

/**
 * What the roles say. Where somebody looks for the first time, it reads while the caller reads
 * other things, and listens until something is said, for only that tells the broker's time, and by
 * it what is old. Where everybody is silent that is a second and a bit; only where a word seems to
 * be new that nobody follows up, it waits until that is clear. From then on it follows, and knows
 * at once. Owned by one thread.
 */
final class SpokenWords implements AutoCloseable {
  private static final Duration READ = Duration.ofSeconds(5);

  /** One word of somebody's is due within it. */
  private static final Duration NEXT = WordPublisher.EVERY.multipliedBy(5).dividedBy(4);

  /** By then a word that nobody has followed up is old, whatever clocks say. */
  private static final Duration CLEAR = WordPublisher.EVERY.multipliedBy(3);

  private final String migration;
  private final Clock clock;
  private @Nullable KafkaEndpoint kafka;
  private @Nullable RoleWords reader;
  private boolean listened;

  SpokenWords(String migration, Clock clock) {
    this.migration = migration;
    this.clock = clock;
  }

  /**
   * Begins to read, or goes on; returns at once.
   *
   * @param where empty if Kafka does not run, which is said elsewhere
   */
  void follow(Optional<KafkaEndpoint> where) {
    KafkaEndpoint now = where.orElse(null);
    if (!Objects.equals(now, kafka)) {
      close();
      kafka = now;
      reader = now == null ? null : RoleWords.follow(now, migration, clock);
    }
  }

  /** What is known now; the first time it takes as long as it takes to know. */
  Words get() {
    RoleWords from = reader;
    if (from == null) {
      return Words.none();
    }
    Words now = from.now();
    if (!listened || !now.isRead()) {
      now = judgeable(from);
    }
    listened |= now.isRead();
    return now;
  }

  private static Words judgeable(RoleWords reader) {
    Words read = reader.await(words -> words.isRead() || words.trouble() != null, READ);
    if (!read.isRead()) {
      return read;
    }
    Words next = reader.await(words -> words.current() || words.areAllEnded(), NEXT);
    return next.current() || next.heard().stream().noneMatch(Heard::speaks)
        ? next
        : reader.await(
            words -> words.current() || words.heard().stream().noneMatch(Heard::speaks),
            CLEAR.minus(NEXT).plusMillis(100));
  }

  @Override
  public void close() {
    RoleWords from = reader;
    if (from != null) {
      from.close();
    }
    reader = null;
    kafka = null;
    listened = false;
  }
}
