package nl.veer.verifier.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import nl.veer.verifier.verdict.RangeLook;
import nl.veer.verifier.verdict.RangeLooks;
import org.junit.jupiter.api.Test;

class CoverageTest {
  private static final Instant SINCE = Instant.parse("2026-11-29T18:00:00Z");
  private static final Instant OLD = SINCE.minusSeconds(1);
  private static final RangeLooks HALF_OLD =
      RangeLooks.NONE.plus(look(60, OLD)).plus(look(40, SINCE));

  @Test
  void aTableThatNoScanHasLookedAtIsNotCovered() {
    assertThat(Coverage.whole(null, null, SINCE)).isEqualTo(new Coverage(0, null));
  }

  @Test
  void aTableIsCoveredIfItsOldestLookIsYoungEnough() {
    assertThat(Coverage.whole(SINCE, SINCE, SINCE)).isEqualTo(new Coverage(1, SINCE));
    assertThat(Coverage.whole(OLD, OLD, SINCE)).isEqualTo(new Coverage(0, OLD));
  }

  @Test
  void whereSomeLooksAreOldTheShareOfTheOthersIsCovered() {
    assertThat(Coverage.of(null, HALF_OLD, 0, SINCE)).isEqualTo(new Coverage(0.4, OLD));
  }

  @Test
  void aScanUnderWayCoversWhatItHasComeTo() {
    RangeLooks ahead = RangeLooks.NONE.plus(look(30, SINCE));

    assertThat(Coverage.of(ahead, HALF_OLD, 0, SINCE)).isEqualTo(new Coverage(0.7, OLD));
  }

  @Test
  void theFirstScanCoversAShareOfWhatWasLoaded() {
    RangeLooks ahead = RangeLooks.NONE.plus(look(30, SINCE));

    assertThat(Coverage.of(ahead, null, 120, SINCE)).isEqualTo(new Coverage(0.25, null));
    assertThat(Coverage.of(ahead, null, 0, SINCE).share()).isEqualTo(1);
  }

  private static RangeLook look(long rows, Instant at) {
    return new RangeLook(1, rows, 0, 0, at);
  }
}
