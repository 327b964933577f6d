package nl.veer.control.dashboard.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.dashboard.HandClock;
import nl.veer.control.dashboard.PlainView;
import nl.veer.control.dashboard.api.Bodies;
import nl.veer.control.dashboard.api.MigrationBody;
import nl.veer.control.dashboard.api.WaveBody;
import nl.veer.control.status.MigrationStatus;
import nl.veer.control.status.WaveState;
import org.junit.jupiter.api.Test;

class FeedTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HandClock clock = new HandClock();
  private final PlainView view = new PlainView();

  @Test
  void manyWhoAskAreToldByOneReading() throws Exception {
    try (StatusFeed feed = StatusFeed.start(PlainView.WAVES, view::status, clock)) {
      assertThat(feed.last().number()).as("nothing is read before somebody looks").isZero();
      List<CompletableFuture<StatusNow>> asked = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        asked.add(feed.ask());
      }
      for (CompletableFuture<StatusNow> one : asked) {
        assertThat(get(one).status()).isNotNull();
      }
      assertThat(view.statuses.get()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void aFailedReadingKeepsWhatWasReadBeforeWithItsAge() throws Exception {
    BlockingQueue<StatusNow> heard = new LinkedBlockingQueue<>();
    try (StatusFeed feed = StatusFeed.start(PlainView.WAVES, view::status, clock);
        StatusFeed.Listening listening = feed.listen(heard::add)) {
      assertThat(take(heard).trouble()).isNull();
      view.fail(PlainView.away());
      clock.putOn(Duration.ofSeconds(20));
      StatusNow failed = take(heard);
      while (failed.trouble() == null) {
        failed = take(heard);
      }
      assertThat(failed.trouble()).contains("TARGET_UNREACHABLE");
      assertThat(failed.status()).isNotNull();
    }
  }

  @Test
  void aWaveThatTheStatusLeavesOutIsUnknownAndSoIsTheMigration() throws Exception {
    MigrationStatus without =
        new MigrationStatus("shop", "2026-11-29T18:00:00Z", List.of(PlainView.main("EQUAL")));
    try (StatusFeed feed = StatusFeed.start(List.of("gone", "main"), () -> without, clock)) {
      StatusNow now = get(feed.ask());
      MigrationBody body = Bodies.migration("shop", "1", now, clock.instant());

      assertThat(body.verdict()).isEqualTo("UNKNOWN");
      assertThat(body.waves()).isEqualTo(2);
      assertThat(body.troubles()).anyMatch(trouble -> trouble.startsWith("wave gone: "));
      WaveBody gone = Bodies.wave("gone", now, clock.instant()).orElseThrow();
      assertThat(gone.state()).isEqualTo(WaveState.UNKNOWN);
      assertThat(gone.verdict().verdict()).isEqualTo("UNKNOWN");
    }
  }

  @Test
  void aListenerThatFailsKeepsNobodyFromBeingTold() throws Exception {
    BlockingQueue<StatusNow> heard = new LinkedBlockingQueue<>();
    try (StatusFeed feed = StatusFeed.start(PlainView.WAVES, view::status, clock);
        StatusFeed.Listening bad =
            feed.listen(
                any -> {
                  throw new IllegalStateException("broken");
                });
        StatusFeed.Listening listening = feed.listen(heard::add)) {
      long first = take(heard).number();
      assertThat(take(heard).number()).isEqualTo(first + 1);
    }
  }

  @Test
  void whoWaitsIsToldWhenTheFeedEnds() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    StatusFeed feed =
        StatusFeed.start(
            PlainView.WAVES,
            () -> {
              await(hangs);
              return PlainView.status("EQUAL");
            },
            clock);
    CompletableFuture<StatusNow> asked = feed.ask();
    feed.close();
    assertThat(get(asked).number()).isZero();
    hangs.countDown();
  }

  @Test
  void oneAnswerIsReadOnceForAllWhoAskWithinAWhile() throws Exception {
    AtomicInteger read = new AtomicInteger();
    try (Answers answers = new Answers(clock)) {
      Duration fresh = Duration.ofSeconds(2);
      for (int i = 0; i < 50; i++) {
        assertThat(get(answers.ask("a", Integer.class, fresh, read::incrementAndGet))).isEqualTo(1);
      }
      assertThat(get(answers.ask("b", Integer.class, fresh, read::incrementAndGet))).isEqualTo(2);
      clock.putOn(fresh);
      assertThat(get(answers.ask("a", Integer.class, fresh, read::incrementAndGet))).isEqualTo(3);
    }
  }

  @Test
  void thatThereWasNoAnswerIsKeptForMomentsOnly() throws Exception {
    try (Answers answers = new Answers(clock)) {
      Duration fresh = Duration.ofMinutes(1);
      CompletableFuture<Integer> failed =
          answers.ask(
              "a",
              Integer.class,
              fresh,
              () -> {
                throw PlainView.away();
              });
      assertThatThrownBy(() -> get(failed)).hasCauseInstanceOf(Failure.class);
      assertThatThrownBy(() -> get(answers.ask("a", Integer.class, fresh, () -> 1)))
          .hasCauseInstanceOf(Failure.class);
      clock.putOn(Duration.ofSeconds(3));
      assertThat(get(answers.ask("a", Integer.class, fresh, () -> 1))).isEqualTo(1);
    }
  }

  @Test
  void moreThanCanBeReadIsRefused() {
    CountDownLatch hangs = new CountDownLatch(1);
    try (Answers answers = new Answers(clock)) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100; i++) {
                  answers.ask(
                      "question " + i,
                      Boolean.class,
                      Duration.ofSeconds(2),
                      () -> {
                        await(hangs);
                        return true;
                      });
                }
              })
          .isInstanceOf(Failure.class)
          .hasMessageContaining("asked more than it can read");
    } finally {
      hangs.countDown();
    }
  }

  @Test
  void aLookAtTheGateIsOneForAllAndTheOneBeforeIsToldWhileItLasts() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    CountDownLatch hangs = new CountDownLatch(1);
    GateFeed feed =
        new GateFeed(
            () -> {
              if (looks.incrementAndGet() == 2) {
                await(hangs);
              }
              return view.gates();
            },
            clock,
            Duration.ofMillis(300));
    assertThat(eventually(feed).gates()).hasSize(1);
    assertThat(get(feed.ask()).looking()).isFalse();
    clock.putOn(Duration.ofSeconds(10));
    GateLook before = get(feed.ask());
    assertThat(before.looking()).isTrue();
    assertThat(before.gates()).hasSize(1);
    get(feed.ask());
    assertThat(looks).hasValue(2);
    hangs.countDown();
    GateLook after = eventually(feed);
    assertThat(after.at()).isEqualTo(clock.instant());
  }

  @Test
  void nothingIsTakenForNowWhenTheClockIsSetBack() throws Exception {
    AtomicInteger read = new AtomicInteger();
    GateFeed gates = new GateFeed(view::gates, clock, PATIENCE);
    try (Answers answers = new Answers(clock);
        StatusFeed feed = StatusFeed.start(PlainView.WAVES, view::status, clock)) {
      Duration fresh = Duration.ofMinutes(1);
      get(answers.ask("a", Integer.class, fresh, read::incrementAndGet));
      get(gates.ask());
      StatusNow before = get(feed.ask());
      clock.putOn(Duration.ofHours(-1));

      assertThat(before.isSilent(clock.instant())).isTrue();
      assertThat(get(answers.ask("a", Integer.class, fresh, read::incrementAndGet))).isEqualTo(2);
      assertThat(get(gates.ask()).at()).isEqualTo(clock.instant());
      assertThat(get(feed.ask()).at()).isEqualTo(clock.instant());
    }
  }

  @Test
  void aDefectInOneReadingIsFollowedByTheNext() throws Exception {
    AtomicInteger read = new AtomicInteger();
    GateFeed gates =
        new GateFeed(
            () -> {
              defectAt(1, read);
              return view.gates();
            },
            clock,
            PATIENCE);
    assertThat(get(gates.ask()).failure()).startsWith("INTERNAL");
    clock.putOn(Duration.ofMinutes(1));
    assertThat(get(gates.ask()).failure()).isNull();

    read.set(0);
    try (StatusFeed feed =
        StatusFeed.start(
            PlainView.WAVES,
            () -> {
              defectAt(1, read);
              return view.status();
            },
            clock)) {
      assertThat(get(feed.ask()).trouble()).startsWith("INTERNAL");
      assertThat(get(feed.ask()).trouble()).isNull();
    }
  }

  private static void defectAt(int number, AtomicInteger read) {
    if (read.incrementAndGet() == number) {
      throw new LinkageError("a defect");
    }
  }

  private static GateLook eventually(GateFeed feed) throws Exception {
    GateLook look = get(feed.ask());
    while (look.looking()) {
      look = get(feed.ask());
    }
    return look;
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static StatusNow take(BlockingQueue<StatusNow> heard) throws InterruptedException {
    StatusNow next = heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(next).as("a reading").isNotNull();
    return java.util.Objects.requireNonNull(next);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
