package nl.veer.replicator.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.Heartbeat;
import nl.veer.connectors.event.LogEvent;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.TransactionBegin;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.log.LoggedEvent;
import org.junit.jupiter.api.Test;

/** Clocks that run backwards, here or at the source, bend a lag and nothing else. */
class ClockSetBackTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final HandClock clock = new HandClock();
  private final ApplyMeter meter = new ApplyMeter(clock);

  @Test
  void aLagIsNeverNegativeAndIsMeasuredAgainWhenTheClockIsRight() {
    applied(1, NOON.minusMillis(40));
    assertThat(meter.read().lastLagMillis()).isEqualTo(40);

    clock.now = NOON.minus(HOUR);
    applied(2, NOON);
    assertThat(meter.read().lastLagMillis()).isZero();
    assertThat(meter.read().maxLagMillis()).isEqualTo(40);

    clock.now = NOON.plusMillis(70);
    applied(3, NOON);
    assertThat(meter.read().lastLagMillis()).isEqualTo(70);
    assertThat(meter.read().transactions()).isEqualTo(3);
  }

  @Test
  void aSourceWhoseClockIsSetBackLagsByThatMuchUntilItsClockIsRight() {
    applied(1, NOON);
    applied(2, NOON.minus(HOUR));
    assertThat(meter.read().lastLagMillis()).isEqualTo(HOUR.toMillis());
    applied(3, NOON);
    assertThat(meter.read().lastLagMillis()).isZero();
  }

  @Test
  void transactionsKeepTheirOrderWhateverTheirCommitTimes() {
    Assembler assembler = new Assembler(0, 10, 1_000);
    List<Long> numbers = new ArrayList<>();
    List<LogEvent> events = new ArrayList<>();
    for (long number = 1; number <= 4; number++) {
      events.add(new TransactionBegin(new EventPlace(number, 0), "9" + number));
      events.add(new Heartbeat(new EventPlace(number, 1), NOON.minus(HOUR.multipliedBy(number))));
      events.add(end(number, NOON.minus(HOUR.multipliedBy(number))));
    }
    long offset = 0;
    for (LogEvent event : events) {
      LogTransaction ready = assembler.accept(new LoggedEvent(offset++, 10, event));
      if (ready != null) {
        numbers.add(ready.number());
      }
    }
    assertThat(numbers).containsExactly(1L, 2L, 3L, 4L);
  }

  private void applied(long number, Instant committedAt) {
    meter.applied(end(number, committedAt), 1);
  }

  private static TransactionEnd end(long number, Instant committedAt) {
    return new TransactionEnd(
        new EventPlace(number, 2), "9" + number, new LsnPosition(number), 1, committedAt);
  }

  private static final class HandClock extends Clock {
    private Instant now = NOON;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
