package nl.veer.connectors.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WaveWatchTest {
  private static final WaveId WAVE = new WaveId("it", "main");
  private static final Duration SOON = Duration.ofMillis(2);

  @ParameterizedTest
  @EnumSource(names = {"LOST_POSITION", "SOURCE_DATA"})
  void whatIsWrongWithTheWaveEndsTheRun(FailureKind kind) {
    try (WaveWatch watch = WaveWatch.start(WAVE, SOON, () -> fail(kind), () -> false)) {
      await().until(() -> watch.finding() != null);
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"LOST_POSITION", "SOURCE_DATA"})
  void aLookThatFailsByItselfIsRepeated(FailureKind kind) {
    AtomicInteger looks = new AtomicInteger();
    try (WaveWatch watch =
        WaveWatch.start(
            WAVE,
            SOON,
            () -> {
              looks.incrementAndGet();
              fail(kind);
            },
            () -> false)) {
      await().until(() -> looks.get() > 2);
      assertThat(watch.finding()).isNull();
    }
  }

  @Test
  void looksArePutOffWhileALegMovesButNotForLong() {
    AtomicInteger looks = new AtomicInteger();
    AtomicInteger asked = new AtomicInteger();
    List<Integer> askedBefore = new CopyOnWriteArrayList<>();
    try (WaveWatch watch =
        WaveWatch.start(
            WAVE,
            SOON,
            () -> {
              askedBefore.add(asked.get());
              looks.incrementAndGet();
            },
            () -> asked.incrementAndGet() > 0)) {
      await().until(() -> looks.get() > 1);
      assertThat(watch.finding()).isNull();
    }
    assertThat(askedBefore.subList(0, 2)).containsExactly(3, 6);
  }

  private static void fail(FailureKind kind) {
    throw new Failure(kind, "TOLD", "A look failed.");
  }
}
