package nl.veer.control.word;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import nl.veer.connectors.failure.BareTrace;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.StatusOutlet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what the roles of this process do: every second, and at once when that becomes another; and
 * as its last word that they have ended. On a thread of its own, so that no role waits for it or
 * fails with it: while Kafka is away words are dropped, which is said in the log once, and it is
 * tried again. Safe for use by several threads.
 */
public final class WordPublisher implements AutoCloseable {
  /** How often a role says something. */
  public static final Duration EVERY = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(WordPublisher.class);

  /** Knocking again and again locks accounts. */
  private static final Duration REFUSED_PAUSE = Duration.ofMinutes(5);

  /**
   * @param look between two looks for news
   * @param every a role says something, at the next look
   * @param pause before the first try again
   * @param longestPause of which each is twice as long as the one before
   * @param proven an open topic that has refused nothing for so long takes what it is told
   * @param close for the last words
   */
  record Pace(
      Duration look,
      Duration every,
      Duration pause,
      Duration longestPause,
      Duration proven,
      Duration close) {
    static final Pace USUAL =
        new Pace(
            Duration.ofMillis(200),
            EVERY.minusMillis(200),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(4),
            Duration.ofMillis(1_500));
  }

  private final String migration;
  private final Supplier<? extends StatusOutlet> open;
  private final Supplier<List<Word>> words;
  private final WordSweep sweep;
  private final Pace pace;
  private final StopSignal stop = new StopSignal();
  private final Thread thread;

  /** This and what follows is the thread's own. */
  private final WordTurns turns;

  private @Nullable StatusOutlet topic;
  private boolean failing;
  private Duration pause;
  private long triedNanos;

  private WordPublisher(
      String migration,
      Supplier<? extends StatusOutlet> open,
      Supplier<List<Word>> words,
      WordSweep sweep,
      Pace pace) {
    this.migration = migration;
    this.open = open;
    this.words = words;
    this.sweep = sweep;
    this.pace = pace;
    this.pause = pace.pause;
    this.turns = new WordTurns(pace.every);
    this.thread = new Thread(this::publish, "status " + migration);
    thread.setDaemon(true);
  }

  /**
   * Begins to publish; returns at once.
   *
   * @param open opens the topic; throws Failure if that cannot be done now
   * @param words what each role says now; a role that is not among them any more has ended
   * @param sweep takes back what others have said and nobody needs any more
   */
  public static WordPublisher start(
      String migration,
      Supplier<? extends StatusOutlet> open,
      Supplier<List<Word>> words,
      WordSweep sweep) {
    return start(migration, open, words, sweep, Pace.USUAL);
  }

  static WordPublisher start(
      String migration,
      Supplier<? extends StatusOutlet> open,
      Supplier<List<Word>> words,
      WordSweep sweep,
      Pace pace) {
    WordPublisher publisher = new WordPublisher(migration, open, words, sweep, pace);
    publisher.thread.start();
    return publisher;
  }

  private void publish() {
    try {
      do {
        look();
      } while (!stop.await(pace.look));
      // What they ended with, and that they have.
      look();
      look(List.of());
    } finally {
      closeTopic();
    }
  }

  private void look() {
    try {
      look(words.get());
    } catch (RuntimeException e) {
      // A word that cannot be made is a defect; it must not end those that can.
      failed(new Failure(FailureKind.BUG, "UNEXPECTED", "Unexpected: " + BareTrace.named(e), e));
    }
  }

  private void look(List<Word> now) {
    List<Word> due = turns.due(now, Instant.now(), System.nanoTime());
    if (due.isEmpty()) {
      return;
    }
    StatusOutlet to = topic();
    if (to == null) {
      return;
    }
    long nanos = System.nanoTime();
    for (Word word : due) {
      to.say(word.key().text(), WordJson.write(word));
      turns.said(word, nanos);
    }
    sweep.outlived().forEach(key -> to.forget(key.text()));
    to.failure().ifPresentOrElse(this::failed, this::succeeded);
  }

  /** Null while it cannot be opened, and between two tries. */
  private @Nullable StatusOutlet topic() {
    StatusOutlet now = topic;
    boolean pausing = failing && System.nanoTime() - triedNanos < pause.toNanos();
    if (now != null || pausing) {
      return now;
    }
    triedNanos = System.nanoTime();
    try {
      now = open.get();
      topic = now;
      return now;
    } catch (Failure failure) {
      failed(failure);
      return null;
    }
  }

  private void failed(Failure failure) {
    closeTopic();
    if (!failing) {
      failing = true;
      pause = pace.pause;
      if (!stop.isRaised()) {
        LOG.atWarn()
            .addKeyValue("migration", migration)
            .addKeyValue("code", failure.code())
            .log(
                "The status topic is not told what the roles do; trying again: {}",
                failure.getMessage());
      }
    } else {
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(pace.longestPause) > 0 ? pace.longestPause : longer;
    }
    if (failure.kind() == FailureKind.CONFIGURATION) {
      pause = REFUSED_PAUSE;
    }
    triedNanos = System.nanoTime();
  }

  private void succeeded() {
    if (failing && System.nanoTime() - triedNanos > pace.proven.toNanos()) {
      failing = false;
      LOG.atInfo().addKeyValue("migration", migration).log("The status topic is told again");
    }
  }

  private void closeTopic() {
    StatusOutlet open = topic;
    topic = null;
    if (open != null) {
      open.close();
    }
  }

  /** Says that the roles have ended, and waits for that, but not for long. */
  @Override
  public void close() {
    stop.raise();
    sweep.close();
    try {
      thread.join(pace.close.toMillis());
      // What it waits for then is a Kafka that is away.
      thread.interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
