package nl.veer.verifier.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Verdict UNKNOWN = Verdict.unknown(UnknownReason.ERROR, "away");

  @Test
  void onlyEqualAndEqualIsEqual() {
    assertThat(Verdict.equal().and(Verdict.equal())).isEqualTo(Verdict.equal());
    assertThat(Verdict.equal().and(UNKNOWN)).isEqualTo(UNKNOWN);
    assertThat(UNKNOWN.and(Verdict.equal())).isEqualTo(UNKNOWN);
  }

  @Test
  void aDifferenceStaysWhateverElseIsUnknown() {
    assertThat(UNKNOWN.and(new Verdict.Different(2))).isEqualTo(new Verdict.Different(2));
    assertThat(new Verdict.Different(2).and(UNKNOWN)).isEqualTo(new Verdict.Different(2));
    assertThat(new Verdict.Different(2).and(new Verdict.Different(3)))
        .isEqualTo(new Verdict.Different(5));
  }

  @Test
  void differentNeedsARow() {
    assertThatThrownBy(() -> new Verdict.Different(0)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void noTableAtAllIsUnknown() {
    ScanStatement statement =
        ScanStatement.of("", java.time.Instant.EPOCH, java.time.Duration.ZERO, List.of());

    assertThat(statement.verdict().word()).isEqualTo("UNKNOWN");
    assertThat(statement.onePosition()).isFalse();
  }

  @Test
  void sumsOfPartsMakeTheSumOfTheWholeInAnyOrder() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    BigInteger high = BigInteger.ZERO;
    BigInteger low = BigInteger.ZERO;
    List<RowSum> rows = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      long upper = random.nextLong();
      long lower = random.nextLong();
      high = high.add(BigInteger.valueOf(upper));
      low = low.add(BigInteger.valueOf(lower));
      rows.add(RowSum.ofLanes(1, BigInteger.valueOf(upper), BigInteger.valueOf(lower)));
    }
    Collections.shuffle(rows, random);

    assertThat(rows.stream().reduce(RowSum.NONE, RowSum::plus))
        .as("seed %d", seed)
        .isEqualTo(RowSum.ofLanes(500, high, low));
  }

  @Test
  void twoEqualChangesDoNotCancel() {
    RowSum before = RowSum.ofLanes(1, BigInteger.valueOf(7), BigInteger.valueOf(-9));
    RowSum after = RowSum.ofLanes(1, BigInteger.valueOf(7), BigInteger.valueOf(-8));

    assertThat(before.plus(before)).isNotEqualTo(after.plus(after));
  }

  @Test
  void aSumWritesAllItsDigits() {
    assertThat(RowSum.ofLanes(1, BigInteger.ONE, BigInteger.ONE).text())
        .isEqualTo("00000000000000010000000000000001");
    assertThat(RowSum.ofLanes(1, BigInteger.ZERO, BigInteger.ONE.negate()).text())
        .isEqualTo("ffffffffffffffffffffffffffffffff");
  }

  @Test
  void aKeyPrintsWithoutItsValues() {
    assertThat(new RowKey(List.of("secret")).toString()).doesNotContain("secret");
  }

  @Test
  void aStandbysStatesAreNotToldApartSoTheyAreNotCalledOne() {
    Cuts cuts = cuts(true);

    assertThat(cuts.sameAs(cuts(true))).isTrue();
    assertThat(cuts(false).sameAs(cuts(false))).isFalse();
    assertThat(cuts.sameAs(cuts(false))).isFalse();
  }

  private static Cuts cuts(boolean exact) {
    nl.veer.connectors.event.LsnPosition at = new nl.veer.connectors.event.LsnPosition(1);
    return new Cuts(new SourceCut("1:1:", at), new TargetCut("1:1:", at, null), exact);
  }
}
