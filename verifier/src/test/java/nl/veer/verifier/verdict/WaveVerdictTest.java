package nl.veer.verifier.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.TableId;
import org.junit.jupiter.api.Test;

class WaveVerdictTest {
  private static final Verdict UNSETTLED = Verdict.unknown(UnknownReason.UNSETTLED, "2 rows.");

  @Test
  void isEqualWhereAllAreAtTheFirstOfTheirPositions() {
    WaveVerdict wave =
        wave(table("a", Verdict.equal(), 30, "scan 3"), table("b", Verdict.equal(), 20, "scan 4"));

    assertThat(wave.verdict()).isEqualTo(Verdict.equal());
    assertThat(wave.position()).isEqualTo(new LsnPosition(20));
    assertThat(wave.because()).isEqualTo("scan 4");
  }

  @Test
  void isUnknownWhereOneIsAndSaysWhich() {
    WaveVerdict wave =
        wave(
            table("a", Verdict.equal(), 30, "scan 3"),
            table("b", UNSETTLED, 20, "scan 4"),
            table("c", Verdict.unknown(UnknownReason.ERROR, "away"), 20, "scan 5"));

    assertThat(wave.verdict())
        .isEqualTo(Verdict.unknown(UnknownReason.UNSETTLED, "s.b and 1 more: 2 rows."));
    assertThat(wave.because()).isEqualTo("scan 4");
  }

  @Test
  void isDifferentWhereOneIsWhateverTheOthersAre() {
    WaveVerdict wave =
        wave(
            table("a", UNSETTLED, 30, "scan 3"),
            table("b", new Verdict.Different(2), 20, "finding 4"),
            table("c", Verdict.equal(), 10, "scan 5"));

    assertThat(wave.verdict()).isEqualTo(new Verdict.Different(2));
    assertThat(wave.position()).isEqualTo(new LsnPosition(20));
    assertThat(wave.because()).isEqualTo("finding 4");
  }

  @Test
  void isDifferentByAFindingThatIsOfNoTable() {
    WaveVerdict wave = WaveVerdict.of(List.of(table("a", Verdict.equal(), 30, "scan 3")), 1, 8);

    assertThat(wave.verdict()).isEqualTo(new Verdict.Different(1));
    assertThat(wave.because()).isEqualTo("finding 8");
  }

  @Test
  void ofNoTableNothingIsKnown() {
    assertThat(wave().verdict().word()).isEqualTo("UNKNOWN");
  }

  private static WaveVerdict wave(TableVerdict... tables) {
    return WaveVerdict.of(List.of(tables), 0, 0);
  }

  private static TableVerdict table(String name, Verdict verdict, long at, String because) {
    return new TableVerdict(
        new TableId("s", name), verdict, new LsnPosition(at), because, null, null);
  }
}
