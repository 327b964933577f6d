package nl.veer.control.cutover;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import nl.veer.connectors.log.StatusTopic;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.word.CutoverSaid;
import nl.veer.control.word.Doing;
import nl.veer.control.word.Speaker;
import nl.veer.control.word.Word;
import nl.veer.control.word.WordKey;
import nl.veer.control.word.WordPublisher;
import nl.veer.control.word.WordSweep;
import org.jspecify.annotations.Nullable;

/**
 * What the driver of an attempt says of itself, from its first attempt on. Nobody whose writes are
 * refused waits for it. {@link #tell} may be called by any thread.
 */
final class DriverWords implements AutoCloseable {
  private final Supplier<OpenLog> log;
  private final String instance = WordKey.newInstance();
  private volatile @Nullable Attempt now;
  private @Nullable WordPublisher publisher;

  DriverWords(Supplier<OpenLog> log) {
    this.log = log;
  }

  synchronized void tell(Attempt attempt) {
    now = attempt;
    if (publisher == null) {
      String migration = attempt.wave().migration();
      publisher =
          WordPublisher.start(
              migration,
              () -> {
                OpenLog at = log.get();
                return StatusTopic.open(at.kafka(), migration, at.topic());
              },
              this::words,
              WordSweep.none());
    }
  }

  private List<Word> words() {
    Attempt attempt = now;
    return attempt == null ? List.of() : List.of(of(attempt, instance, Instant.now()));
  }

  static Word of(Attempt attempt, String instance, Instant now) {
    String code = attempt.failureCode();
    Instant fenced = attempt.facts().fencedAt();
    return new Word(
        new WordKey(attempt.wave(), attempt.leg(), Speaker.CUTOVER, instance),
        Doing.RUNNING,
        now,
        WordPublisher.EVERY,
        code == null ? null : code + ": " + attempt.failure(),
        new CutoverSaid(
            attempt.id(),
            attempt.kind().name(),
            attempt.state().word(),
            attempt.isFinished(),
            attempt.budget().toMillis(),
            fenced == null ? null : fenced.toString(),
            attempt.facts().outageMillis(),
            attempt.facts().verdict()));
  }

  @Override
  public synchronized void close() {
    if (publisher != null) {
      publisher.close();
      publisher = null;
    }
  }
}
