package nl.veer.control.word;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.connectors.log.StatusTail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the words of processes that are gone and have a successor, so that the topic does not grow
 * with each start: at its own start and every hour, by reading the topic once, on a thread of its
 * own. Safe for use by several threads.
 */
public final class WordSweep implements AutoCloseable {
  /** A process that was silent for so long is gone; if not, it will say so. */
  static final Duration LONG_GONE = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(WordSweep.class);
  private static final Duration PACE = Duration.ofHours(1);
  private static final Duration AGAIN = Duration.ofMinutes(1);

  /** Its own topic is being made until then, and it has something to say. */
  private static final Duration FIRST = Duration.ofSeconds(2);

  private static final Duration POLL = Duration.ofSeconds(1);

  /** What is not read within it is looked at the next time. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final StopSignal stop = new StopSignal();
  private final List<WordKey> found = new ArrayList<>();

  private WordSweep() {}

  /** Begins; returns at once. */
  public static WordSweep start(KafkaEndpoint kafka, String migration) {
    WordSweep sweep = new WordSweep();
    Thread thread = new Thread(() -> sweep.run(kafka, migration), "status sweep " + migration);
    thread.setDaemon(true);
    thread.start();
    return sweep;
  }

  /** For a process that does not stay long enough to be worth it. */
  public static WordSweep none() {
    return new WordSweep();
  }

  private void run(KafkaEndpoint kafka, String migration) {
    Duration pause = FIRST;
    while (!stop.await(pause)) {
      pause = look(kafka, migration) ? PACE : AGAIN;
    }
  }

  private boolean look(KafkaEndpoint kafka, String migration) {
    try {
      Optional<StatusTail> tail = StatusTail.open(kafka, migration);
      if (tail.isPresent()) {
        try (StatusTail open = tail.get()) {
          add(read(open).outlived(LONG_GONE));
        }
      }
      return tail.isPresent();
    } catch (Failure failure) {
      LOG.debug("Old words were not looked for", failure);
      return false;
    }
  }

  private WordBook read(StatusTail tail) {
    WordBook book = new WordBook();
    long begin = System.nanoTime();
    while (!tail.isAtEnd() && System.nanoTime() - begin < LONGEST.toNanos() && !stop.isRaised()) {
      book.hear(tail.poll(POLL), false, System.nanoTime());
    }
    // Of a topic that was read in part the newest words are not known.
    return tail.isAtEnd() ? book : new WordBook();
  }

  private synchronized void add(List<WordKey> keys) {
    found.addAll(keys);
  }

  /** What was found since the last call. */
  synchronized List<WordKey> outlived() {
    List<WordKey> keys = List.copyOf(found);
    found.clear();
    return keys;
  }

  @Override
  public void close() {
    stop.raise();
  }
}
