package nl.veer.control.wave;

import static nl.veer.control.wave.LegState.ACTIVE;
import static nl.veer.control.wave.LegState.PREPARED;
import static nl.veer.control.wave.LegState.RETIRED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nl.veer.connectors.event.WaveId;
import org.junit.jupiter.api.Test;

class LegStateTest {
  private static final WaveId MAIN = new WaveId("shop", "main");
  private static final WaveId OTHER = new WaveId("shop", "other");

  @Test
  void aLegIsNeverPreparedAgain() {
    assertThat(PREPARED.mayBecome(ACTIVE)).isTrue();
    assertThat(PREPARED.mayBecome(RETIRED)).isTrue();
    assertThat(ACTIVE.mayBecome(RETIRED)).isTrue();
    assertThat(RETIRED.mayBecome(ACTIVE)).isTrue();
    assertThat(ACTIVE.mayBecome(PREPARED)).isFalse();
    assertThat(RETIRED.mayBecome(PREPARED)).isFalse();
  }

  @Test
  void aWaveWithoutARecordIsOnItsFirstLeg() {
    assertThat(Legs.number(List.of(), MAIN)).isZero();
    assertThat(Legs.number(List.of(record(OTHER, 3, ACTIVE)), MAIN)).isZero();
  }

  @Test
  void aWaveIsOnItsActiveLeg() {
    assertThat(
            Legs.number(
                List.of(
                    record(MAIN, 0, RETIRED), record(MAIN, 1, ACTIVE), record(MAIN, 2, PREPARED)),
                MAIN))
        .isEqualTo(1);
  }

  @Test
  void betweenTwoLegsAWaveIsOnTheOneThatItComesFrom() {
    assertThat(
            Legs.number(
                List.of(
                    record(MAIN, 0, RETIRED), record(MAIN, 1, RETIRED), record(MAIN, 2, PREPARED)),
                MAIN))
        .isEqualTo(1);
  }

  @Test
  void rolesBelongToTheTurnThatTheyBeganIn() {
    LegRecord began = new LegRecord(MAIN, 1, PREPARED, 5);

    assertThat(began.isSameTurn(new LegRecord(MAIN, 1, ACTIVE, 5))).isTrue();
    assertThat(began.isSameTurn(new LegRecord(MAIN, 1, ACTIVE, 6))).isFalse();
    assertThat(began.isSameTurn(new LegRecord(MAIN, 2, PREPARED, 5))).isFalse();
    assertThat(began.isSameTurn(new LegRecord(OTHER, 1, PREPARED, 5))).isFalse();
  }

  private static LegRecord record(WaveId home, int number, LegState state) {
    return new LegRecord(home, number, state, 0);
  }
}
