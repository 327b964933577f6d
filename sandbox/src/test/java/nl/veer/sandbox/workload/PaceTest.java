package nl.veer.sandbox.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final AtomicLong clock = new AtomicLong(5_000);
  private final Pace pace = new Pace(1_000, clock::get);

  @Test
  void spacesTicketsByTheRate() {
    assertThat(pace.nextTicket()).isZero();
    assertThat(pace.untilDue(0)).isZero();
    assertThat(pace.untilDue(1)).isEqualTo(1_000_000);
    assertThat(pace.untilDue(1_000)).isEqualTo(1_000_000_000);
  }

  @Test
  void keepsTheScheduleAfterAStall() {
    clock.addAndGet(10_000_000);

    assertThat(pace.untilDue(3)).isEqualTo(-7_000_000);
    assertThat(pace.untilDue(11)).isEqualTo(1_000_000);
  }

  @Test
  void atHalfTheRateNothingIsMadeUpFor() {
    for (int ticket = 0; ticket < 5; ticket++) {
      pace.nextTicket();
    }
    clock.addAndGet(1_000_000_000);

    assertThat(pace.halve()).isEqualTo(500);

    assertThat(pace.untilDue(pace.nextTicket())).isZero();
    assertThat(pace.untilDue(pace.nextTicket())).isEqualTo(2_000_000);
  }
}
