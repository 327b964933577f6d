package nl.veer.control.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import nl.veer.connectors.capture.CaptureStatus;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.reading.RoleReading.Seen;
import nl.veer.control.wave.ScanStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RoleLookTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Failure AWAY =
      new Failure(FailureKind.TRANSIENT, "AWAY", "The source is away.");

  private final RoleHistory history = new RoleHistory();

  @Test
  void aRoleIsAsItSays() {
    assertThat(capture(CaptureStatus.State.STREAMING, null).state()).isEqualTo(RoleState.WELL);
    assertThat(capture(CaptureStatus.State.STARTING, null).state()).isEqualTo(RoleState.WAITING);
    assertThat(capture(CaptureStatus.State.INCIDENT, AWAY).state()).isEqualTo(RoleState.INCIDENT);
    Seen retrying = capture(CaptureStatus.State.RETRYING, AWAY);
    assertThat(retrying.state()).isEqualTo(RoleState.RETRYING);
    assertThat(retrying.failure()).isEqualTo(AWAY);
  }

  @Test
  void aThreadThatHasEndedSaysMoreThanTheRolesLastWord() {
    RoleWords words = words(CaptureStatus.State.STREAMING, null);

    assertThat(RoleLook.here("capture", false, AWAY, words).state()).isEqualTo(RoleState.FAILED);
    assertThat(RoleLook.here("capture", false, null, words).state()).isEqualTo(RoleState.ENDED);
  }

  @Test
  void aScanThatFailedTriesAgainWhateverItWas() {
    Failure bug = new Failure(FailureKind.BUG, "UNEXPECTED", "Unexpected.");
    RoleWords words =
        new RoleWords(null, null, null, null, new ScanStatus("", 0, 1, bug), null, null);

    assertThat(RoleLook.here("scan", true, null, words).state()).isEqualTo(RoleState.RETRYING);
  }

  @Test
  void whoeverJudgesAndCannotTriesAgain() {
    Failure away = new Failure(FailureKind.CONFIGURATION, "TARGET_AWAY", "The target is away.");
    Seen seen =
        RoleLook.here(
            "verdict", true, null, new RoleWords(null, null, null, null, null, null, away));

    assertThat(seen.state()).isEqualTo(RoleState.RETRYING);
    assertThat(seen.failure()).isEqualTo(away);
    assertThat(RoleLook.here("verdict", true, null, RoleWords.NONE).state())
        .isEqualTo(RoleState.WELL);
  }

  @Test
  void ofRolesElsewhereIsKnownWhatTheDatabasesSee() {
    SlotReading unread =
        new SlotReading("s", false, false, 1L, null, SampleWave.slot("s", 1, 1L).loss());
    Surroundings around =
        new Surroundings(null, SampleWave.slot("s", 1, null), unread, null, null, true);

    List<Seen> seen = RoleLook.elsewhere(List.of(), around, true);

    assertThat(seen)
        .extracting(Seen::role, Seen::state, Seen::here)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("capture", RoleState.WELL, false),
            org.assertj.core.groups.Tuple.tuple("replicate", RoleState.UNKNOWN, false),
            org.assertj.core.groups.Tuple.tuple("echo", RoleState.SILENT, false));
    assertThat(RoleLook.elsewhere(List.of(), around, false))
        .extracting(Seen::role)
        .doesNotContain("echo");
  }

  @Test
  void aTroubleLastsFromItsBeginningAlsoIfItBecomesAnother() {
    now(capture(CaptureStatus.State.STREAMING, null), 0);
    now(capture(CaptureStatus.State.RETRYING, AWAY), 10);
    now(capture(CaptureStatus.State.INCIDENT, AWAY), 20);

    assertThat(now(capture(CaptureStatus.State.RETRYING, AWAY), 30).since())
        .isEqualTo(NOON.plusSeconds(10));
    assertThat(now(capture(CaptureStatus.State.STREAMING, null), 40).since())
        .isEqualTo(NOON.plusSeconds(40));
  }

  @Test
  void aRoleHasMovedWhenItsCountHas() {
    now(moved(5), 0);

    assertThat(now(moved(5), 10).moved()).isEqualTo(NOON);
    assertThat(now(moved(6), 20).moved()).isEqualTo(NOON.plusSeconds(20));
  }

  private RoleReading now(Seen seen, int seconds) {
    return history.now(List.of(seen), NOON.plusSeconds(seconds)).get(0);
  }

  private static Seen moved(long transactions) {
    return new Seen("capture", true, RoleState.WELL, transactions, null);
  }

  private static Seen capture(CaptureStatus.State state, @Nullable Failure failure) {
    return RoleLook.here("capture", true, null, words(state, failure));
  }

  private static RoleWords words(CaptureStatus.State state, @Nullable Failure failure) {
    return new RoleWords(
        new CaptureStatus(state, null, 0, 0, 0, 0, failure), null, null, null, null, null, null);
  }
}
