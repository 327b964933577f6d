package nl.veer.replicator.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.replicator.stamp.Stamp;
import org.junit.jupiter.api.Test;

class ApplyMeterTest {
  private static final Instant COMMITTED = Instant.parse("2026-03-01T12:00:00Z");

  private Instant now = COMMITTED.plusMillis(20);
  private long nanos;
  private final InstantSource source = () -> now;
  private final ApplyMeter meter = new ApplyMeter(source.withZone(ZoneOffset.UTC), () -> nanos);

  @Test
  void theAgeGrowsWhileNothingIsApplied() {
    stamped();

    pass(Duration.ofSeconds(90));

    assertThat(meter.read().ageMillis()).isEqualTo(90_020);
  }

  @Test
  void theAgeGrowsAlsoWhenTheClockIsSetBack() {
    stamped();

    now = now.minus(Duration.ofHours(1));
    pass(Duration.ofSeconds(90));

    assertThat(meter.read().ageMillis()).isEqualTo(90_000);
  }

  @Test
  void aTableThatIsLoadedAnewEndsTheConsistencyUntilItIsPassed() {
    meter.consistent(true);
    assertThat(meter.read().consistent()).isTrue();

    meter.loading();
    assertThat(meter.read().consistent()).isFalse();
    meter.consistent(false);
    assertThat(meter.read().consistent()).isFalse();

    meter.consistent(true);
    assertThat(meter.read().consistent()).isTrue();
  }

  @Test
  void batchesAreCountedWithTheirTime() {
    meter.batch(2_000_000);
    meter.batch(3_000_000);
    meter.replayed();

    assertThat(meter.read().batches()).isEqualTo(2);
    assertThat(meter.read().batchNanos()).isEqualTo(5_000_000);
    assertThat(meter.read().replays()).isEqualTo(1);
  }

  private void stamped() {
    meter.stamped(new Stamp(1, LsnPosition.parse("0/10"), "log", 3, COMMITTED));
  }

  private void pass(Duration time) {
    now = now.plus(time);
    nanos += TimeUnit.MILLISECONDS.toNanos(time.toMillis());
  }
}
