package nl.veer.control.word;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import nl.veer.connectors.failure.BareTrace;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.connectors.log.StatusRecord;
import nl.veer.connectors.log.StatusTail;
import nl.veer.control.word.Words.Reach;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what a migration's roles say, from the topic's beginning on, on a thread of its own. It
 * is there for whoever shows how the migration is, in whatever process: {@link #now} is what is
 * known, with ages as of the call; {@link #listen} is told of each change. A Kafka that is away, or
 * a topic that is not there yet, is asked again. What it holds is bounded by the number of roles.
 * Safe for use by several threads.
 */
public final class RoleWords implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RoleWords.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  /** Listeners hear this often even if nobody says anything: silence is news too. */
  private static final Duration BEAT = Duration.ofSeconds(1);

  /** Ages grow without anybody saying so. */
  private static final long LOOK_MILLIS = 20;

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

  private final KafkaEndpoint kafka;
  private final String migration;
  private final Clock clock;
  private final StopSignal stop = new StopSignal();
  private final List<Consumer<Words>> listeners = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private WordBook book = new WordBook();
  private Reach reach = Reach.BEGINNING;
  private @Nullable String trouble;
  private long toldNanos = System.nanoTime();

  private RoleWords(KafkaEndpoint kafka, String migration, Clock clock) {
    this.kafka = kafka;
    this.migration = migration;
    this.clock = clock;
    this.thread = new Thread(this::follow, "status reader " + migration);
    thread.setDaemon(true);
  }

  /** Begins to follow; returns at once. */
  public static RoleWords follow(KafkaEndpoint kafka, String migration, Clock clock) {
    RoleWords words = new RoleWords(kafka, migration, clock);
    words.thread.start();
    return words;
  }

  /** What is known at this moment. */
  public synchronized Words now() {
    return new Words(
        book.heard(clock.instant(), System.nanoTime()), reach, trouble, book.knowsBrokerTime());
  }

  /**
   * Has a listener told whenever something was said, and every second even if nothing was. It is
   * called by the reader's thread, which reads on when it returns.
   */
  public void listen(Consumer<Words> listener) {
    listeners.add(listener);
  }

  /** Waits until it is so, but no longer than the given time; what is known then. */
  public synchronized Words await(Predicate<Words> enough, Duration longest) {
    long begin = System.nanoTime();
    Words words = now();
    while (!enough.test(words) && longest.toNanos() > System.nanoTime() - begin) {
      try {
        wait(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return words;
      }
      words = now();
    }
    return words;
  }

  private void follow() {
    while (!stop.isRaised()) {
      try {
        Optional<StatusTail> tail = StatusTail.open(kafka, migration);
        if (tail.isPresent()) {
          try (StatusTail open = tail.get()) {
            follow(open);
          }
        } else {
          forget(Reach.NO_TOPIC);
        }
      } catch (Failure failure) {
        failed(failure.code() + ": " + failure.getMessage());
      } catch (RuntimeException e) {
        failed("UNEXPECTED: " + BareTrace.named(e));
      }
      tell(true);
      stop.await(AGAIN);
    }
  }

  private void follow(StatusTail tail) {
    forget(Reach.READING);
    while (!stop.isRaised()) {
      boolean following = tail.isAtEnd();
      List<StatusRecord> records = tail.poll(following ? POLL : AGAIN);
      hear(records, following, tail.isAtEnd());
      tell(!records.isEmpty());
    }
  }

  /** What was known is read again from the beginning. */
  private synchronized void forget(Reach now) {
    book = new WordBook();
    reach = now;
    trouble = null;
    notifyAll();
  }

  private synchronized void hear(List<StatusRecord> records, boolean following, boolean atEnd) {
    book.hear(records, following, System.nanoTime());
    reach = atEnd ? Reach.FOLLOWING : Reach.READING;
    notifyAll();
  }

  private void failed(String words) {
    boolean first;
    synchronized (this) {
      first = trouble == null;
      trouble = words;
      notifyAll();
    }
    if (first && !stop.isRaised()) {
      LOG.atWarn()
          .addKeyValue("migration", migration)
          .log("What the roles say cannot be read now; trying again: {}", words);
    }
  }

  private void tell(boolean news) {
    if (news || System.nanoTime() - toldNanos > BEAT.toNanos()) {
      toldNanos = System.nanoTime();
      Words words = now();
      listeners.forEach(listener -> listener.accept(words));
    }
  }

  /** Ends it; waits for what it has open, but not for a Kafka that is away. */
  @Override
  public void close() {
    stop.raise();
    try {
      thread.join(CLOSE_PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
