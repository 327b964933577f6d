package nl.veer.control.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReadingsTest {
  private static final Duration QUICK = Duration.ofMillis(5);

  private final AtomicInteger read = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();

  @Test
  void aReadingThatFailsIsFollowedByTheNext() {
    AtomicInteger told = new AtomicInteger();
    try (Readings readings =
        Readings.start(
            source(
                () -> {
                  if (read.incrementAndGet() < 3) {
                    throw new IllegalStateException("The first two fail.");
                  }
                }),
            List.of(reading -> told.incrementAndGet()),
            QUICK)) {
      await().until(() -> told.get() > 1);

      assertThat(readings.last()).isPresent();
    }
    await().untilTrue(closed);
  }

  @Test
  void aReaderThatHangsIsToldByItsAge() throws InterruptedException {
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    try (Readings readings =
        Readings.start(
            source(
                () -> {
                  if (read.incrementAndGet() == 2) {
                    second.countDown();
                    hangs.await();
                  }
                }),
            List.of(),
            QUICK)) {
      second.await();
      Instant last = readings.last().orElseThrow().at();

      assertThat(readings.fresh(last.plusSeconds(60))).isPresent();
      assertThat(readings.fresh(last.plusSeconds(61))).isEmpty();
      assertThat(readings.silence(last.plusSeconds(61))).isEqualTo(Duration.ofSeconds(61));
      assertThat(readings.silence(last.minusSeconds(3_600)))
          .as("it goes on though the clock is set back")
          .isPositive();
      hangs.countDown();
    }
  }

  private interface Step {
    void run() throws InterruptedException;
  }

  private ReadingSource source(Step step) {
    return new ReadingSource() {
      @Override
      public MigrationReading read() {
        try {
          step.run();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        return new SampleWave().alone(Instant.now());
      }

      @Override
      public void close() {
        closed.set(true);
      }
    };
  }
}
