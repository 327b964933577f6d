package nl.veer.control.status;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.control.word.Heard;
import nl.veer.control.word.RoleWords;
import nl.veer.control.word.WordPublisher;
import nl.veer.control.word.Words;
import org.jspecify.annotations.Nullable;

/**
 * What the roles say, for somebody who looks once: reads while the caller reads other things, and
 * listens until something is said, for only that tells the broker's time, and by it what is old.
 * Where everybody is silent it is a second and a bit; only where a word seems to be new that nobody
 * follows up, it waits until that is clear. Owned by one thread.
 */
final class SpokenWords implements AutoCloseable {
  private static final Duration READ = Duration.ofSeconds(5);

  /** One word of somebody's is due within it. */
  private static final Duration NEXT = WordPublisher.EVERY.multipliedBy(5).dividedBy(4);

  /** By then a word that nobody has followed up is old, whatever clocks say. */
  private static final Duration CLEAR = WordPublisher.EVERY.multipliedBy(3);

  private final @Nullable RoleWords reader;
  private boolean listened;

  /**
   * Begins to read.
   *
   * @param kafka empty if it does not run, which is said elsewhere
   */
  SpokenWords(Optional<KafkaEndpoint> kafka, String migration, Clock clock) {
    this.reader = kafka.map(endpoint -> RoleWords.follow(endpoint, migration, clock)).orElse(null);
  }

  /** What is known now; the first time it takes as long as it takes to know. */
  Words get() {
    if (reader == null) {
      return Words.none();
    }
    Words words = listened ? reader.now() : judgeable(reader);
    listened = true;
    return words;
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
    if (reader != null) {
      reader.close();
    }
  }
}
