package nl.veer.control.dashboard.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.dashboard.HandClock;
import nl.veer.control.dashboard.PlainView;
import nl.veer.control.dashboard.view.KeyHistory;
import nl.veer.control.dashboard.view.KeyHistory.State;
import nl.veer.control.dashboard.view.RowView.Search;
import org.junit.jupiter.api.Test;

/** One search at a time, for as long as somebody asks. */
class KeySearchesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HandClock clock = new HandClock();
  private final AtomicInteger searches = new AtomicInteger();
  private final BlockingQueue<Search> begun = new LinkedBlockingQueue<>();
  private final BlockingQueue<Boolean> stillWanted = new LinkedBlockingQueue<>();
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  @Test
  void whatWasFoundIsGivenToAllWhoAskWithinAMinute() throws Exception {
    KeySearches keys = patient((wave, table, key, search) -> found());
    for (int i = 0; i < 20; i++) {
      assertThat(ask(keys, "a").state()).isEqualTo(State.DONE);
    }
    assertThat(searches).hasValue(1);
    assertThat(ask(keys, "b").state()).isEqualTo(State.DONE);
    clock.putOn(Duration.ofSeconds(61));
    ask(keys, "a");
    assertThat(searches).hasValue(3);
  }

  @Test
  void whoAsksMeanwhileIsToldHowFarItIsAndThenWhatWasFound() throws Exception {
    KeySearches keys = new KeySearches(this::hang, clock, Duration.ofMillis(1));

    assertThat(ask(keys, "a").state()).isEqualTo(State.SEARCHING);
    begun.take().at("Reading the log: 5 of 9 records.");
    assertThat(ask(keys, "a").words()).isEqualTo("Reading the log: 5 of 9 records.");
    assertThat(ask(keys, "b").words()).contains("another search");
    mayEnd.countDown();
    assertThat(stillWanted.take()).isTrue();
    assertThat(ended(keys, "a").state()).isEqualTo(State.DONE);
    assertThat(searches).as("one at a time, each once").hasValue(1);
    assertThat(ended(keys, "b").state()).isEqualTo(State.DONE);
  }

  @Test
  void aSearchThatNobodyAsksForAnyMoreEndsAndIsNotKept() throws Exception {
    KeySearches keys = new KeySearches(this::hang, clock, Duration.ofMillis(1));
    ask(keys, "a");
    begun.take();
    clock.putOn(Duration.ofSeconds(11));
    mayEnd.countDown();

    assertThat(stillWanted.take()).isFalse();
    assertThat(ended(keys, "b").state()).isEqualTo(State.DONE);
    assertThat(ended(keys, "a").state()).isEqualTo(State.DONE);
    assertThat(searches).hasValue(3);
  }

  @Test
  void whoComesBackTooLateIsNotGivenHalfASearch() throws Exception {
    KeySearches keys = new KeySearches(this::hang, clock, Duration.ofMillis(1));
    ask(keys, "a");
    Search first = begun.take();
    clock.putOn(Duration.ofSeconds(11));
    assertThat(first.isWanted()).isFalse();
    assertThat(ask(keys, "a").state()).isEqualTo(State.SEARCHING);
    assertThat(first.isWanted()).as("it has been told that nobody waits").isFalse();
    mayEnd.countDown();

    assertThat(ended(keys, "a").state()).isEqualTo(State.DONE);
    assertThat(searches).hasValue(2);
  }

  @Test
  void thatThereIsNoAnswerIsSaidAndTriedAgainSoon() throws Exception {
    KeySearches keys =
        patient(
            (wave, table, key, search) -> {
              throw PlainView.away();
            });
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> keys.ask("main", "t", "a").get(30, TimeUnit.SECONDS))
          .hasCauseInstanceOf(Failure.class);
    }
    assertThat(searches).hasValue(1);
    clock.putOn(Duration.ofSeconds(3));
    assertThatThrownBy(() -> ask(keys, "a")).hasCauseInstanceOf(Failure.class);
    assertThat(searches).hasValue(2);
  }

  @Test
  void soManyAreKeptAndNoMore() throws Exception {
    KeySearches keys = patient((wave, table, key, search) -> found());
    for (int i = 0; i < 17; i++) {
      ask(keys, "key " + i);
    }
    ask(keys, "key 16");
    assertThat(searches).hasValue(17);
    ask(keys, "key 0");
    assertThat(searches).hasValue(18);
  }

  private KeySearches patient(KeySearches.Searching searching) {
    return new KeySearches(
        (wave, table, key, search) -> {
          searches.incrementAndGet();
          return searching.search(wave, table, key, search);
        },
        clock,
        PATIENCE);
  }

  private KeyHistory hang(String wave, String table, String key, Search search) {
    searches.incrementAndGet();
    begun.add(search);
    try {
      mayEnd.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    stillWanted.add(search.isWanted());
    return found();
  }

  private static KeyHistory found() {
    return new KeyHistory(State.DONE, null, List.of(), List.of(), true);
  }

  private static KeyHistory ask(KeySearches keys, String key) throws Exception {
    return keys.ask("main", "public.orders", key).get(30, TimeUnit.SECONDS);
  }

  /** What a screen does. */
  private static KeyHistory ended(KeySearches keys, String key) throws Exception {
    KeyHistory answer = ask(keys, key);
    while (answer.state() == State.SEARCHING) {
      answer = ask(keys, key);
    }
    return answer;
  }
}
