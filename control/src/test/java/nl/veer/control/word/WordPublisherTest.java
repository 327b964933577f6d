package nl.veer.control.word;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.StatusOutlet;
import org.junit.jupiter.api.Test;

class WordPublisherTest {
  private static final Duration MOMENT = Duration.ofMillis(5);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final WordPublisher.Pace QUICK =
      new WordPublisher.Pace(MOMENT, LONG, MOMENT, MOMENT, MOMENT, Duration.ofMillis(300));
  private static final Failure AWAY =
      new Failure(FailureKind.TRANSIENT, "KAFKA_UNAVAILABLE", "It is away.");

  private final List<String> said = new CopyOnWriteArrayList<>();
  private volatile List<Word> words = List.of(Sample.word(Speaker.CAPTURE, Doing.RUNNING));

  @Test
  void theLastWordIsThatTheRolesHaveEnded() {
    WordPublisher publisher = start(() -> new Outlet(false));
    await().until(() -> !said.isEmpty());

    publisher.close();

    assertThat(said).hasSize(2);
    assertThat(said.get(0)).contains("RUNNING");
    assertThat(said.get(1)).contains("ENDED");
  }

  @Test
  void whatARoleEndsWithIsSaidThoughNobodyLookedSince() {
    WordPublisher.Pace slow = new WordPublisher.Pace(LONG, LONG, MOMENT, MOMENT, MOMENT, LONG);
    WordPublisher publisher =
        WordPublisher.start("shop", () -> new Outlet(false), () -> words, WordSweep.none(), slow);
    await().until(() -> !said.isEmpty());
    words = List.of(Sample.word(Speaker.CAPTURE, Doing.FAILED));

    publisher.close();

    assertThat(said.get(said.size() - 1)).contains("ENDED", "SOME_CODE");
  }

  @Test
  void whileKafkaIsAwayWordsAreDroppedAndItIsTriedAgain() {
    AtomicInteger tries = new AtomicInteger();
    WordPublisher.Pace talkative =
        new WordPublisher.Pace(MOMENT, MOMENT, MOMENT, MOMENT, MOMENT, LONG);
    WordPublisher publisher =
        WordPublisher.start(
            "shop",
            () -> {
              int tried = tries.incrementAndGet();
              if (tried <= 2) {
                throw AWAY;
              }
              return new Outlet(tried == 3);
            },
            () -> words,
            WordSweep.none(),
            talkative);

    await().until(() -> !said.isEmpty());
    publisher.close();

    assertThat(tries).hasValue(4);
    assertThat(said.get(said.size() - 1)).contains("ENDED");
  }

  @Test
  void nobodyWaitsForAKafkaThatDoesNotAnswer() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    WordPublisher publisher =
        start(
            () -> {
              begun.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                ended.countDown();
              }
              throw AWAY;
            });
    begun.await();

    publisher.close();

    ended.await();
    assertThat(said).isEmpty();
  }

  @Test
  void aWordThatCannotBeMadeEndsNothing() {
    AtomicInteger looks = new AtomicInteger();
    WordPublisher publisher =
        WordPublisher.start(
            "shop",
            () -> new Outlet(false),
            () -> {
              if (looks.incrementAndGet() == 1) {
                throw new IllegalStateException("a defect");
              }
              return words;
            },
            WordSweep.none(),
            QUICK);

    await().until(() -> !said.isEmpty());
    publisher.close();
  }

  private interface Opening {
    StatusOutlet open();
  }

  private WordPublisher start(Opening opening) {
    return WordPublisher.start("shop", opening::open, () -> words, WordSweep.none(), QUICK);
  }

  private final class Outlet implements StatusOutlet {
    private final boolean refusing;

    Outlet(boolean refusing) {
      this.refusing = refusing;
    }

    @Override
    public void say(String key, String json) {
      if (!refusing) {
        said.add(json);
      }
    }

    @Override
    public void forget(String key) {
      throw new AssertionError("Nothing is to be taken back: " + key);
    }

    @Override
    public Optional<Failure> failure() {
      return refusing ? Optional.of(AWAY) : Optional.empty();
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
