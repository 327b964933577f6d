package nl.veer.control.word;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import nl.veer.connectors.failure.BareTrace;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.StatusTopic;
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
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** Knocking again and again locks accounts. */
  private static final Duration REFUSED_PAUSE = Duration.ofMinutes(5);

  private static final Duration CLOSE_PATIENCE = Duration.ofMillis(1_500);

  private final String migration;
  private final Supplier<StatusTopic> open;
  private final Supplier<List<Word>> words;
  private final WordSweep sweep;
  private final StopSignal stop = new StopSignal();
  private final Thread thread;

  /** The thread's own. */
  private final Map<WordKey, Word> said = new LinkedHashMap<>();

  private final Map<WordKey, Long> saidNanos = new LinkedHashMap<>();
  private @Nullable StatusTopic topic;
  private boolean failing;
  private Duration pause = FIRST_PAUSE;
  private long triedNanos;

  private WordPublisher(
      String migration, Supplier<StatusTopic> open, Supplier<List<Word>> words, WordSweep sweep) {
    this.migration = migration;
    this.open = open;
    this.words = words;
    this.sweep = sweep;
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
      String migration, Supplier<StatusTopic> open, Supplier<List<Word>> words, WordSweep sweep) {
    WordPublisher publisher = new WordPublisher(migration, open, words, sweep);
    publisher.thread.start();
    return publisher;
  }

  private void publish() {
    try {
      do {
        look();
      } while (!stop.await(LOOK));
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
    List<Word> due = due(now, System.nanoTime());
    if (due.isEmpty()) {
      return;
    }
    StatusTopic to = topic();
    if (to == null) {
      return;
    }
    long nanos = System.nanoTime();
    for (Word word : due) {
      to.say(word.key().text(), WordJson.write(word));
      said.put(word.key(), word);
      saidNanos.put(word.key(), nanos);
    }
    sweep.outlived().forEach(key -> to.forget(key.text()));
    to.failure().ifPresentOrElse(this::failed, this::succeeded);
  }

  private List<Word> due(List<Word> now, long nanos) {
    List<Word> due = new ArrayList<>();
    for (Word word : now) {
      Word before = said.get(word.key());
      Long when = saidNanos.get(word.key());
      boolean turn = when == null || nanos - when > EVERY.minus(LOOK).toNanos();
      if (turn || before == null || word.isNews(before)) {
        due.add(word);
      }
    }
    Set<WordKey> there = now.stream().map(Word::key).collect(Collectors.toSet());
    for (Word word : said.values()) {
      if (!there.contains(word.key()) && word.doing() != Doing.ENDED) {
        due.add(word.ended(Instant.now()));
      }
    }
    return due;
  }

  /** Null while it cannot be opened, and between two tries. */
  private @Nullable StatusTopic topic() {
    StatusTopic now = topic;
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
      pause = FIRST_PAUSE;
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
      pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }
    if (failure.kind() == FailureKind.CONFIGURATION) {
      pause = REFUSED_PAUSE;
    }
    triedNanos = System.nanoTime();
  }

  private void succeeded() {
    if (failing) {
      failing = false;
      LOG.atInfo().addKeyValue("migration", migration).log("The status topic is told again");
    }
  }

  private void closeTopic() {
    StatusTopic open = topic;
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
      thread.join(CLOSE_PATIENCE.toMillis());
      // What it waits for then is a Kafka that is away.
      thread.interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
