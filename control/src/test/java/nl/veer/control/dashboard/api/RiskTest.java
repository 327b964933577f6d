package nl.veer.control.dashboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RiskTest {
  private static final String LOOKED = "2026-11-29T18:00:00Z";

  @Test
  void whatIsEqualCoveredAndSettledIsNoRisk() {
    assertThat(Risk.of("EQUAL", 0L, 1.0, LOOKED, 0L)).isZero();
  }

  @Test
  void differentIsWorseThanUnknownAndThatThanStaleWhateverElseIsSo() {
    int different = Risk.of("DIFFERENT", 1L, 1.0, LOOKED, 0L);
    int unknown = Risk.of("UNKNOWN", 0L, 1.0, LOOKED, 0L);
    int worstUnknown = Risk.of("UNKNOWN", Long.MAX_VALUE, 0.0, null, Long.MAX_VALUE);
    int stale = Risk.of("EQUAL", 0L, 0.999_999, LOOKED, 0L);
    int stalest = Risk.of("EQUAL", 0L, 0.0, null, Long.MAX_VALUE);

    assertThat(new int[] {0, stale, stalest, unknown, worstUnknown, different}).isSorted();
    assertThat(stale).isGreaterThan(1_000);
    assertThat(stalest).isLessThan(2_000);
    assertThat(unknown).isEqualTo(2_000);
    assertThat(worstUnknown).isLessThan(3_000);
    assertThat(different).isEqualTo(3_001);
  }

  @Test
  void moreOfItIsMoreRisk() {
    assertThat(Risk.of("DIFFERENT", 9L, 1.0, LOOKED, 0L)).isEqualTo(3_009);
    assertThat(Risk.of("DIFFERENT", Long.MAX_VALUE, 1.0, LOOKED, 0L)).isEqualTo(3_999);
    assertThat(Risk.of("UNKNOWN", null, 0.5, LOOKED, 0L)).isEqualTo(2_250);
    assertThat(Risk.of("UNKNOWN", null, 0.5, null, 0L)).as("never scanned").isEqualTo(2_500);
    assertThat(Risk.of("EQUAL", 0L, 0.5, LOOKED, 0L)).isEqualTo(1_450);
    assertThat(Risk.of("EQUAL", 0L, 1.0, LOOKED, 7L)).isEqualTo(1_007);
  }

  @Test
  void whatIsNotKnownCountsAsIfItWereBad() {
    assertThat(unread("EQUAL")).isEqualTo(1_900);
    assertThat(unread("UNKNOWN")).isEqualTo(2_500);
    assertThat(unread("DIFFERENT")).isEqualTo(3_001);
  }

  private static int unread(String verdict) {
    return Risk.of(verdict, null, null, null, null);
  }
}
