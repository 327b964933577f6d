package nl.veer.connectors.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RegularLookTest {
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final Deque<Runnable> asked = new ArrayDeque<>();
  private long nanos;
  private int answer;
  private @Nullable RuntimeException refusal;
  private final RegularLook<Integer> look =
      new RegularLook<>(this::ask, INTERVAL, () -> nanos, asked::add, () -> {});

  @Test
  void asksAfterEachIntervalAndGivesEachAnswerOnce() {
    assertThat(look.fresh()).isEmpty();
    assertThat(asked).isEmpty();

    nanos += INTERVAL.toNanos() + 1;
    assertThat(look.fresh()).isEmpty();
    assertThat(look.fresh()).isEmpty();
    assertThat(asked).hasSize(1);
    asked.remove().run();
    assertThat(look.fresh()).isEqualTo(Optional.of(1));
    assertThat(look.fresh()).isEmpty();
    assertThat(asked).isEmpty();

    nanos += INTERVAL.toNanos() + 1;
    assertThat(look.fresh()).isEmpty();
    asked.remove().run();
    assertThat(look.fresh()).isEqualTo(Optional.of(2));
  }

  @Test
  void asksWhatIsDueALittleLaterWhereItsOwnerIsInAHurry() {
    nanos += 2 * INTERVAL.toNanos();
    look.notWithin(Duration.ofSeconds(1));
    assertThat(look.fresh()).isEmpty();
    assertThat(asked).isEmpty();

    nanos += Duration.ofSeconds(1).toNanos() + 1;
    assertThat(look.fresh()).isEmpty();
    assertThat(asked).hasSize(1);
  }

  @Test
  void asksNoEarlierForThat() {
    look.notWithin(Duration.ofSeconds(1));
    nanos += INTERVAL.toNanos() - 1;
    assertThat(look.fresh()).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void throwsWhatTheQuestionThrewAndAsksAgain() {
    refusal = new IllegalArgumentException("no");
    nanos += INTERVAL.toNanos() + 1;
    assertThat(look.fresh()).isEmpty();
    asked.remove().run();
    assertThatThrownBy(look::fresh).isSameAs(refusal);

    refusal = null;
    nanos += INTERVAL.toNanos() + 1;
    assertThat(look.fresh()).isEmpty();
    asked.remove().run();
    assertThat(look.fresh()).isPresent();
  }

  @Test
  void forgetsWhatWasAskedBeforeARestart() {
    nanos += INTERVAL.toNanos() + 1;
    assertThat(look.fresh()).isEmpty();
    look.restart();
    asked.remove().run();
    assertThat(look.fresh()).isEmpty();
  }

  @Test
  void interruptsAQuestionThatIsBeingAskedWhenItIsClosed() throws Exception {
    CountDownLatch waits = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    try (RegularLook<Boolean> aside =
        RegularLook.aside(
            "look", () -> waitForEver(waits, interrupted, over), Duration.ofNanos(-1))) {
      assertThat(aside.fresh()).isEmpty();
      assertThat(waits.await(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(interrupted).isTrue();
  }

  private static boolean waitForEver(
      CountDownLatch waits, AtomicBoolean interrupted, CountDownLatch over) {
    waits.countDown();
    try {
      Thread.sleep(Duration.ofMinutes(5).toMillis());
    } catch (InterruptedException e) {
      interrupted.set(true);
    }
    over.countDown();
    return true;
  }

  private int ask() {
    if (refusal != null) {
      throw refusal;
    }
    return ++answer;
  }
}
