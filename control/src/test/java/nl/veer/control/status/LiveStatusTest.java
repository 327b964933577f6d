package nl.veer.control.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import nl.veer.connectors.capture.CaptureStatus;
import nl.veer.connectors.dialect.postgres.PostgresProgress;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.word.Words;
import nl.veer.replicator.ReplicatorStatus;
import nl.veer.replicator.stamp.Stamp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LiveStatusTest {
  private static final LegWords NO_WORDS =
      new LegWords(Words.none(), new WaveId("shop", "main"), 0, Set.of());
  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final ReplicatorStatus.LoadProgress ORDERS =
      new ReplicatorStatus.LoadProgress(
          new TableId("public", "orders"), true, 1000, 900, 50_000, 2000);

  @Test
  void positionsAndCountersAreSubtracted() {
    WaveStatus status =
        LiveStatus.of(
            "main",
            BEAT,
            capture(CaptureStatus.State.STREAMING, null),
            replicator(ReplicatorStatus.State.REPLICATING, null),
            new LsnPosition(0x1_0000_2000L));

    assertThat(status.state()).isEqualTo(WaveState.REPLICATING);
    assertThat(status.sourcePosition()).isEqualTo("1/2000");
    assertThat(status.logPosition()).isEqualTo("1/1800");
    assertThat(status.appliedPosition()).isEqualTo("1/1000");
    assertThat(status.bytesBehind()).isEqualTo(0x1000);
    assertThat(status.transactionsBehind()).isEqualTo(3);
    assertThat(status.lagMillis()).isEqualTo(12);
    assertThat(status.load().complete()).isEqualTo(1);
    assertThat(status.unknown()).isEmpty();
  }

  @Test
  void anUnreadableSourceIsToldAndNotGuessed() {
    WaveStatus status =
        LiveStatus.of(
            "main",
            BEAT,
            capture(CaptureStatus.State.STREAMING, null),
            replicator(ReplicatorStatus.State.REPLICATING, null),
            null);

    assertThat(status.sourcePosition()).isNull();
    assertThat(status.bytesBehind()).isNull();
    assertThat(status.unknown()).hasSize(1);
  }

  @Test
  void aCaptureThatRetriesIsTheWavesState() {
    Failure away = new Failure(FailureKind.TRANSIENT, "AWAY", "The source is away.");

    WaveStatus status =
        LiveStatus.of(
            "main",
            BEAT,
            capture(CaptureStatus.State.RETRYING, away),
            replicator(ReplicatorStatus.State.REPLICATING, null),
            null);

    assertThat(status.state()).isEqualTo(WaveState.RETRYING);
    assertThat(status.failure()).isEqualTo("AWAY: The source is away.");
  }

  @Test
  void anIncidentOfTheCaptureIsTheWaves() {
    Failure refused = new Failure(FailureKind.SOURCE_DATA, "ACCESS", "A right was taken away.");

    WaveStatus both =
        LiveStatus.of(
            "main",
            BEAT,
            capture(CaptureStatus.State.INCIDENT, refused),
            replicator(ReplicatorStatus.State.REPLICATING, null),
            null);
    WaveStatus alone =
        LiveStatus.of("main", BEAT, capture(CaptureStatus.State.INCIDENT, refused), null, null);

    assertThat(both.state()).isEqualTo(WaveState.INCIDENT);
    assertThat(alone.state()).isEqualTo(WaveState.INCIDENT);
    assertThat(both.failure()).isEqualTo("ACCESS: A right was taken away.");
  }

  @Test
  void theLagGrowsFromTheMomentThatAHeartbeatIsOverdue() {
    assertThat(lagAt(1_900)).isEqualTo(12);
    assertThat(lagAt(2_100)).isEqualTo(2_100);
    assertThat(lagAt(60_000)).isEqualTo(60_000);
  }

  private static @Nullable Long lagAt(long ageMillis) {
    Failure away = new Failure(FailureKind.TRANSIENT, "AWAY", "The target is away.");
    return LiveStatus.of(
            "main",
            BEAT,
            capture(CaptureStatus.State.STREAMING, null),
            replicator(ReplicatorStatus.State.RETRYING, away, ageMillis),
            null)
        .lagMillis();
  }

  @Test
  void aLoadIsShownWhileTheCaptureStillStarts() {
    WaveStatus status =
        LiveStatus.of(
            "main",
            BEAT,
            capture(CaptureStatus.State.STARTING, null),
            replicator(ReplicatorStatus.State.LOADING, null),
            null);

    assertThat(status.state()).isEqualTo(WaveState.LOADING);
  }

  @Test
  void aCaptureAloneClaimsNothingAboutTheTarget() {
    WaveStatus status =
        LiveStatus.of("main", BEAT, capture(CaptureStatus.State.STREAMING, null), null, null);

    assertThat(status.state()).isEqualTo(WaveState.CAPTURING);
    assertThat(status.appliedPosition()).isNull();
  }

  @Test
  void anIncidentIsShownBelowItsWave() {
    Failure incident = new Failure(FailureKind.TARGET_DATA, "ROW_COUNT", "A row is missing.");

    List<String> lines =
        StatusTable.lines(
            List.of(
                LiveStatus.of(
                    "main",
                    BEAT,
                    capture(CaptureStatus.State.STREAMING, null),
                    replicator(ReplicatorStatus.State.INCIDENT, incident),
                    new LsnPosition(0x1_0000_2000L))));

    assertThat(lines.get(0)).startsWith("WAVE  STATE");
    assertThat(lines.get(1)).contains("main", "INCIDENT", "4.0 KiB, 3 tx");
    assertThat(lines.get(2)).isEqualTo("  ! ROW_COUNT: A row is missing.");
    assertThat(lines.get(3)).isEqualTo("  leg 0, from the source to the target");
  }

  @Test
  void whatIsNotKnownIsAQuestionMark() {
    WaveStatus status =
        new WaveFacts("main", null, null, null, null, NO_WORDS, List.of("source: away")).judged();

    assertThat(status.state()).isEqualTo(WaveState.UNKNOWN);
    assertThat(StatusTable.lines(List.of(status)))
        .anySatisfy(line -> assertThat(line).endsWith("?       ?    ?        ?   ?    ?"))
        .contains("  ? source: away");
  }

  @Test
  void aStampWithoutLoadsIsOnlyStarting() {
    WaveFacts.Target target =
        new WaveFacts.Target(new Stamp(0, null, null, 0, null), List.of(), true);

    WaveStatus status =
        new WaveFacts(
                "main",
                new PostgresProgress(new LsnPosition(0x1_0000_2000L), 0, true, true),
                null,
                target,
                null,
                NO_WORDS,
                List.of())
            .judged();

    assertThat(status.state()).isEqualTo(WaveState.STARTING);
  }

  @Test
  void whatIsNotThereYetIsNoQuestionMark() {
    WaveStatus status =
        LiveStatus.of(
            "main",
            BEAT,
            new CaptureStatus(CaptureStatus.State.STREAMING, null, 4, 4, 40, 0, null),
            new ReplicatorStatus(
                ReplicatorStatus.State.CATCHING_UP,
                null,
                0,
                0,
                0,
                ReplicatorStatus.Batches.NONE,
                0,
                0,
                0,
                new ReplicatorStatus.Lag(0, 0, 0, 0, 0),
                List.of(ORDERS),
                null),
            new LsnPosition(0x1_0000_2000L));

    assertThat(StatusTable.plain(status)).endsWith("applied - (0 tx), lag -, behind 4 tx");
  }

  private static CaptureStatus capture(
      CaptureStatus.State state, @org.jspecify.annotations.Nullable Failure failure) {
    return new CaptureStatus(state, new LsnPosition(0x1_0000_1800L), 10, 10, 100, 0, failure);
  }

  private static ReplicatorStatus replicator(
      ReplicatorStatus.State state, @org.jspecify.annotations.Nullable Failure failure) {
    return replicator(state, failure, 700);
  }

  private static ReplicatorStatus replicator(
      ReplicatorStatus.State state,
      @org.jspecify.annotations.Nullable Failure failure,
      long ageMillis) {
    return new ReplicatorStatus(
        state,
        new LsnPosition(0x1_0000_1000L),
        7,
        7,
        70,
        ReplicatorStatus.Batches.NONE,
        0,
        0,
        0,
        new ReplicatorStatus.Lag(ageMillis, 12, 10, 20, 30),
        List.of(ORDERS),
        failure);
  }
}
