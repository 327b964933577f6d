package nl.veer.control.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.veer.connectors.dialect.postgres.PostgresProgress;
import nl.veer.connectors.dialect.postgres.PostgresSlotState;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.word.CaptureSaid;
import nl.veer.control.word.Doing;
import nl.veer.control.word.Heard;
import nl.veer.control.word.Speaker;
import nl.veer.control.word.Word;
import nl.veer.control.word.WordKey;
import nl.veer.control.word.Words;
import nl.veer.replicator.stamp.Stamp;
import nl.veer.verifier.record.LedgerView;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a status makes of the roles' words, and of there being none. */
class LegWordsTest {
  private static final WaveId WAVE = new WaveId("shop", "main");
  private static final Instant AT = Instant.parse("2026-01-31T12:00:00Z");
  private static final Heard CAPTURING = heard(Speaker.CAPTURE, Doing.RUNNING, 1, false);
  private static final Heard REPLICATING = heard(Speaker.REPLICATOR, Doing.RUNNING, 1, false);
  private static final LogEnd BEGUN = new LogEnd(true, 7, new LsnPosition(0x2000));

  @Test
  void aRoleThatFellSilentIsShownWithTheAgeOfItsLastWordWhateverIsConnected() {
    WaveStatus status =
        begun(true, true, heard(Speaker.CAPTURE, Doing.RUNNING, 62, true), REPLICATING);

    assertThat(status.state()).isEqualTo(WaveState.SILENT);
    assertThat(StatusTable.lines(List.of(status)))
        .contains(
            "  roles: capture SILENT, replicator RUNNING",
            "  capture! silent for 62.0 s; its last word was RUNNING (process one)",
            "  ! The capture is silent: its last word, RUNNING, is 62.0 s old (process one)");
    RoleFigures capture = status.roles().get(0);
    assertThat(capture.isSilent()).isTrue();
    assertThat(capture.ageMillis()).isEqualTo(62_000);
  }

  @Test
  void aRoleThatHasEndedIsStoppedAndTellsWhy() {
    WaveStatus status = begun(false, true, failing(Speaker.CAPTURE, Doing.ENDED), REPLICATING);

    assertThat(status.state()).isEqualTo(WaveState.STOPPED);
    assertThat(status.failure())
        .isEqualTo(
            "no capture is connected to the source (it ended 5000 ms ago, SOME_CODE: It is so.)");
  }

  @Test
  void whatARoleSaysIsWrongIsWrong() {
    assertThat(begun(true, true, failing(Speaker.CAPTURE, Doing.RETRYING), REPLICATING).state())
        .isEqualTo(WaveState.RETRYING);
    WaveStatus incident = begun(true, true, CAPTURING, failing(Speaker.REPLICATOR, Doing.INCIDENT));
    assertThat(incident.state()).isEqualTo(WaveState.INCIDENT);
    assertThat(incident.failure()).isEqualTo("replicator: SOME_CODE: It is so.");
  }

  @Test
  void whoSaysThatItRunsIsThereThoughNoSessionShowsIt() {
    assertThat(begun(false, false, CAPTURING, REPLICATING).state())
        .isEqualTo(begun(true, true).state())
        .isEqualTo(WaveState.STARTING);
    assertThat(begun(false, false, CAPTURING, REPLICATING).failure()).isNull();
  }

  @Test
  void whereNobodySaysAnythingTheSessionsCountAndThatIsSaid() {
    assertThat(begun(true, true).failure()).isNull();
    assertThat(begun(false, true).failure()).isEqualTo("no capture is connected to the source");
    assertThat(begun(false, true).state()).isEqualTo(WaveState.STOPPED);
    assertThat(StatusTable.lines(List.of(begun(true, true))))
        .contains("  roles? none has ever said anything: judged by what the servers show");
    assertThat(StatusTable.lines(List.of(begun(true, true, CAPTURING))))
        .contains(
            "  roles: capture RUNNING, replicator ?",
            "  roles? no word of replicator: judged by what the servers show");
  }

  @Test
  void aWordThatThisVersionCannotReadIsNoWord() {
    Heard unreadable = heard(Speaker.CAPTURE, Doing.UNREADABLE, 1, false);

    assertThat(begun(false, true, unreadable, REPLICATING).state()).isEqualTo(WaveState.STOPPED);
    assertThat(begun(true, true, unreadable, REPLICATING).roles().get(0).state())
        .isEqualTo("UNREADABLE");
  }

  @Test
  void theWordsOfAnotherLegAreNotOfThisOne() {
    Heard other =
        new Heard(
            word(new WordKey(WAVE, 1, Speaker.CAPTURE, "one"), Doing.RUNNING, null),
            AT,
            Duration.ZERO,
            false);

    assertThat(begun(false, true, other).state()).isEqualTo(WaveState.STOPPED);
  }

  @Test
  void anEchoIsWhatItsCaptureSays() {
    Optional<PostgresSlotState> read = slot(42);

    assertThat(echo(read, Speaker.ECHO, Doing.RUNNING, false).state())
        .isEqualTo(WaveState.CAPTURING);
    assertThat(echo(slot(0), Speaker.ECHO, Doing.RUNNING, false).state())
        .isEqualTo(WaveState.CAPTURING);
    assertThat(echo(read, Speaker.ECHO, Doing.RUNNING, true).state()).isEqualTo(WaveState.SILENT);
    assertThat(echo(slot(0), Speaker.ECHO, Doing.RUNNING, true).failure())
        .contains("silent", "veer verify");
    assertThat(echo(slot(0), Speaker.ECHO, Doing.ENDED, false).state())
        .isEqualTo(WaveState.STOPPED);
    assertThat(echo(Optional.empty(), Speaker.ECHO, Doing.RUNNING, false).state())
        .isEqualTo(WaveState.FAILED);
  }

  @Test
  void aLedgerIsWhatItsProcessSays() {
    assertThat(ledger(Doing.RUNNING, false)).isEqualTo(LedgerFigures.State.BALANCING);
    assertThat(ledger(Doing.WAITING, false)).isEqualTo(LedgerFigures.State.WAITING);
    assertThat(ledger(Doing.FAILED, false)).isEqualTo(LedgerFigures.State.FAILED);
    assertThat(ledger(Doing.RUNNING, true)).isEqualTo(LedgerFigures.State.SILENT);
    assertThat(ledger(Doing.ENDED, false)).isEqualTo(LedgerFigures.State.STOPPED);
  }

  private static LedgerFigures.State ledger(Doing doing, boolean silent) {
    return LedgerFigures.of(
            new LedgerView(null, null, null, null, 0),
            false,
            Optional.of(heard(Speaker.LEDGER, doing, 9, silent)),
            AT)
        .state();
  }

  private static EchoStatus echo(
      Optional<PostgresSlotState> slot, Speaker speaker, Doing doing, boolean silent) {
    return EchoReader.judged(slot, BEGUN, true, Optional.of(heard(speaker, doing, 9, silent)));
  }

  private static Optional<PostgresSlotState> slot(int reader) {
    return Optional.of(
        new PostgresSlotState(reader, new LsnPosition(0x2000), 2048, "reserved", null));
  }

  private static WaveStatus begun(boolean captured, boolean replicated, Heard... heard) {
    return new WaveFacts(
            "main",
            new PostgresProgress(new LsnPosition(0x2000), 0, true, captured),
            null,
            new WaveFacts.Target(new Stamp(0, null, null, 0, null), List.of(), replicated),
            null,
            new LegWords(
                new Words(List.of(heard), Words.Reach.FOLLOWING, null, true),
                WAVE,
                0,
                Set.of(Speaker.CAPTURE, Speaker.REPLICATOR)),
            List.of())
        .judged();
  }

  private static Heard failing(Speaker speaker, Doing doing) {
    return new Heard(
        word(new WordKey(WAVE, 0, speaker, "one"), doing, "SOME_CODE: It is so."),
        AT,
        Duration.ofSeconds(5),
        false);
  }

  private static Heard heard(Speaker speaker, Doing doing, int seconds, boolean silent) {
    return new Heard(
        word(new WordKey(WAVE, 0, speaker, "one"), doing, null),
        AT,
        Duration.ofSeconds(seconds),
        silent);
  }

  private static Word word(WordKey key, Doing doing, @Nullable String failure) {
    return new Word(
        key, doing, AT, Duration.ofSeconds(1), failure, new CaptureSaid("0/10", 1, 1, 1));
  }
}
