package nl.veer.control.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import nl.veer.control.dashboard.view.TableRanges;
import nl.veer.control.dashboard.view.TableRanges.Range;
import nl.veer.verifier.record.TableParts;
import nl.veer.verifier.verdict.RangeLook;
import nl.veer.verifier.verdict.RangeLooks;
import org.junit.jupiter.api.Test;

class ShownRangesTest {
  private static final Instant AT = Instant.parse("2026-11-29T18:00:00Z");
  private static final RangeLook EQUAL = new RangeLook(1, 10, 0, 0, AT);
  private static final RangeLook DIFFERING = new RangeLook(1, 10, 3, 1, AT);
  private static final RangeLook UNSETTLED = new RangeLook(1, 10, 0, 1, AT);

  @Test
  void eachPartSaysWhatItsLookProved() {
    TableRanges shown = shown(4, EQUAL, DIFFERING, UNSETTLED);

    assertThat(shown.ranges())
        .extracting(Range::index, Range::rows, Range::verdict, Range::differing)
        .containsExactly(
            tuple(0, 10L, "EQUAL", 0L),
            tuple(1, 10L, "DIFFERENT", 3L),
            tuple(2, 10L, "UNKNOWN", 0L));
    assertThat(shown.rows()).isEqualTo(30);
    assertThat(shown.scheduled()).isEqualTo("2026-11-29T18:15:00Z");
  }

  @Test
  void whatDifferedAndIsMendedIsUnknownUntilSomebodyLooksAgain() {
    assertThat(shown(0, EQUAL, DIFFERING).ranges())
        .extracting(Range::verdict)
        .containsExactly("EQUAL", "UNKNOWN");
  }

  @Test
  void whatNoScanHasComeToIsUnknownAndOfNoTime() {
    TableParts parts = new TableParts(null, null, null, null, looks(EQUAL), 90, 0);

    TableRanges shown = ShownRanges.of(parts, null, false);

    assertThat(shown.rows()).isEqualTo(100);
    assertThat(shown.scheduled()).isNull();
    assertThat(shown.ranges())
        .extracting(Range::rows, Range::verdict, Range::scannedAt)
        .containsExactly(tuple(10L, "EQUAL", AT.toString()), tuple(90L, "UNKNOWN", null));
  }

  @Test
  void nobodyKnowsWhenATableIsDueWhileTheScansArePaused() {
    TableRanges shown = ShownRanges.of(parts(0, EQUAL), Duration.ofMinutes(15), true);

    assertThat(shown.scheduled()).isNull();
  }

  private static TableRanges shown(long differences, RangeLook... looks) {
    return ShownRanges.of(parts(differences, looks), Duration.ofMinutes(15), false);
  }

  private static TableParts parts(long differences, RangeLook... looks) {
    return new TableParts(3L, AT, AT, "0/1", looks(looks), 0, differences);
  }

  private static RangeLooks looks(RangeLook... looks) {
    return new RangeLooks(List.of(looks));
  }
}
