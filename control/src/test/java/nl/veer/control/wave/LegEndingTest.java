package nl.veer.control.wave;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import org.junit.jupiter.api.Test;

class LegEndingTest {
  private static final WaveId HOME = new WaveId("it", "main");
  private static final LegRecord OVER = record(1, LegState.RETIRED);

  private long now = Long.MAX_VALUE - 5;
  private final LegEnding ending = new LegEnding(run(), record(1, LegState.ACTIVE), () -> now);

  @Test
  void leavesCapturesWhileTheNextLegIsAboutToBegin() {
    ending.look(List.of(OVER, record(2, LegState.PREPARED)));
    assertThat(ending.isWaitedFor()).isTrue();
  }

  @Test
  void endsCapturesAMomentAfterTheNextLegHasBegun() {
    List<LegRecord> begun = List.of(OVER, record(2, LegState.ACTIVE));
    ending.look(begun);
    now += Duration.ofMillis(900).toNanos();
    ending.look(begun);
    assertThat(ending.isWaitedFor()).isTrue();
    now += Duration.ofMillis(200).toNanos();
    ending.look(begun);
    assertThat(ending.isWaitedFor()).isFalse();
  }

  @Test
  void endsCapturesAtOnceWhereNoLegFollows() {
    ending.look(List.of(record(0, LegState.ACTIVE), OVER));
    assertThat(ending.isWaitedFor()).isFalse();
  }

  @Test
  void endsCapturesOfALegThatIsGone() {
    ending.look(List.of(record(0, LegState.ACTIVE)));
    assertThat(ending.isWaitedFor()).isFalse();
  }

  @Test
  void endsCapturesOfALegThatGoesOnInAnotherTurn() {
    ending.look(List.of(OVER, record(2, LegState.PREPARED)));
    ending.look(List.of(record(1, LegState.ACTIVE), record(2, LegState.RETIRED)));
    assertThat(ending.isWaitedFor()).isFalse();
  }

  @Test
  void isNotHeldForAnotherWavesLeg() {
    LegRecord other = new LegRecord(new WaveId("it", "other"), 2, LegState.PREPARED, 1);
    ending.look(List.of(OVER, other));
    assertThat(ending.isWaitedFor()).isFalse();
  }

  @Test
  void isWaitedForByTheLegThatGoesOnButNotForEver() {
    List<LegRecord> begun = List.of(OVER, record(2, LegState.ACTIVE));
    ending.look(begun);
    ending.wanted();
    assertThat(ending.isWaitedFor()).isTrue();
    assertThat(ending.isOverdue()).isFalse();
    now += MigrationRun.STOP_PATIENCE.toNanos() + 1;
    ending.look(begun);
    assertThat(ending.isOverdue()).isTrue();
  }

  private static LegRecord record(int number, LegState state) {
    return new LegRecord(HOME, number, state, 1);
  }

  /** One whose roles are all elsewhere. */
  private static WaveRun run() {
    DatabaseEndpoint nowhere =
        new DatabaseEndpoint("jdbc:postgresql://nowhere.invalid/x", "x", new Secret("x"), Map.of());
    Leg leg =
        new Leg(
            HOME.leg(1),
            HOME,
            1,
            new SourceConnections(nowhere),
            new TargetConnections(nowhere),
            List.of());
    return new WaveRun(
        leg,
        Duration.ofSeconds(1),
        new WaveRoles(null, null, null, null, null, null, null, new WaveProof(null, null)),
        new WaveRun.Owner() {
          @Override
          public boolean isOver(Failure failure) {
            return true;
          }

          @Override
          public void ended(Failure failure) {
            throw failure;
          }
        });
  }
}
