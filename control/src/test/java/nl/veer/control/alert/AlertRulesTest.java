package nl.veer.control.alert;

import static nl.veer.control.reading.SampleWave.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import nl.veer.control.config.AlertsConfig;
import nl.veer.control.config.Size;
import nl.veer.control.forecast.Forecast;
import nl.veer.control.reading.RoleReading;
import nl.veer.control.reading.RoleState;
import nl.veer.control.reading.SampleWave;
import nl.veer.control.reading.SlotReading;
import nl.veer.control.status.WaveState;
import nl.veer.verifier.verdict.UnknownReason;
import nl.veer.verifier.verdict.Verdict;
import nl.veer.verifier.verdict.WaveVerdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AlertRulesTest {
  private static final WaveVerdict UNREAD =
      new WaveVerdict(Verdict.unknown(UnknownReason.ERROR, "Away."), null, "verdict", List.of());

  private final AlertRules rules = new AlertRules(AlertsConfig.standard(), Duration.ofSeconds(1));
  private final SampleWave wave = new SampleWave();

  @Test
  void whereAllIsWellNothingIsSaid() {
    assertThat(judge()).isEmpty();
  }

  @Test
  void aDifferenceNamesItsTablesAndNoRow() {
    wave.verdict = SampleWave.verdict(3, new Verdict.Different(2));

    assertThat(raised(AlertRule.DIFFERENCE).words())
        .isEqualTo("2 rows or findings stand open, of public.t0");
    assertThat(rules.hold(AlertRule.DIFFERENCE)).isZero();
  }

  @Test
  void recordsThatCannotBeReadAreNotTakenForNone() {
    wave.verdict = UNREAD;

    assertThat(judge()).contains(Judgement.unknown(AlertRule.DIFFERENCE, "main"));
  }

  @Test
  void aVerdictThatIsNotEqualIsSaidOnlyOnceTheWaveIsCarried() {
    wave.verdict = UNREAD;
    wave.state = WaveState.LOADING;
    assertThat(of(AlertRule.VERDICT)).isEmpty();

    wave.state = WaveState.REPLICATING;
    assertThat(raised(AlertRule.VERDICT).words()).isEqualTo("the verdict is UNKNOWN, ERROR: Away.");
    wave.verdict = null;
    assertThat(raised(AlertRule.VERDICT).words()).isEqualTo("there is no verdict yet");
    assertThat(rules.hold(AlertRule.VERDICT)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void anIncidentAndAFailedRoleAreSaidAtOnce() {
    wave.role("capture", RoleState.INCIDENT, NOW).role("echo", RoleState.FAILED, NOW);

    assertThat(raised(AlertRule.INCIDENT).words()).isEqualTo("AWAY: The source is away.");
    assertThat(raised(AlertRule.ROLE_FAILED).key().subject()).isEqualTo("echo");
    assertThat(rules.hold(AlertRule.INCIDENT)).isZero();
    assertThat(rules.hold(AlertRule.ROLE_FAILED)).isZero();
  }

  @Test
  void aRoleMayTryAgainForAWhile() {
    wave.role("capture", RoleState.RETRYING, NOW.minusSeconds(299));
    assertThat(judge()).isEmpty();

    wave.role("capture", RoleState.RETRYING, NOW.minusSeconds(300));
    assertThat(raised(AlertRule.ROLE_RETRYING).key().subject()).isEqualTo("capture");
  }

  @Test
  void aCaptureFromWhichNothingComesIsSilentAlsoIfItRuns() {
    wave.role(well("capture", 59));
    assertThat(judge()).isEmpty();

    wave.role(well("capture", 60));
    assertThat(raised(AlertRule.ROLE_SILENT).words())
        .isEqualTo("capture runs, but nothing has come from it since 2026-03-01T11:59:00Z");
  }

  @Test
  void aCaptureThatHasOnlyBegunIsNotSilent() {
    RoleReading begun =
        new RoleReading(
            "echo", true, RoleState.WELL, NOW.minusSeconds(1), NOW.minusSeconds(9999), null, null);

    assertThat(rules.judge(wave.role(begun).alone(NOW))).isEmpty();
  }

  @Test
  void aSlowHeartbeatIsNoSilence() {
    AlertRules slow = new AlertRules(AlertsConfig.standard(), Duration.ofMinutes(1));
    wave.role(well("capture", 179));

    assertThat(slow.judge(wave.alone(NOW))).isEmpty();
  }

  @Test
  void aRoleThatNobodyDoesIsSilent() {
    wave.role(
        new RoleReading(
            "replicate", false, RoleState.SILENT, NOW.minusSeconds(60), null, null, null));
    assertThat(raised(AlertRule.ROLE_SILENT).key().subject()).isEqualTo("replicate");

    wave.role(
        new RoleReading(
            "replicate", false, RoleState.UNKNOWN, NOW.minusSeconds(60), null, null, null));
    assertThat(judge()).contains(Judgement.unknown(AlertRule.ROLE_SILENT, "main"));
  }

  @Test
  void aWaveOfWhichNothingIsKnownIsSilentAndNothingElseOfItIsSaid() {
    assertThat(rules.judge(SampleWave.unheard(NOW.minusSeconds(59), NOW)))
        .containsExactly(Judgement.unknown(AlertRule.ROLE_SILENT, "main"));
    assertThat(rules.judge(SampleWave.unheard(NOW.minusSeconds(60), NOW)))
        .containsExactly(
            Judgement.raised(
                AlertRule.ROLE_SILENT,
                "main",
                "",
                "no leg of the wave is known to run here, since 2026-03-01T11:59:00Z at least"));
  }

  @Test
  void aLagIsSaidByWhoeverReplicatesAndALedgersByWhoeverBalances() {
    wave.lagMillis = 60_001L;
    wave.ledgerLagMillis = 90_000L;

    assertThat(raised(AlertRule.LAG).words())
        .isEqualTo("the target is 60 s behind the source, more than 60 s");
    assertThat(raised(AlertRule.LEDGER_LAG).key().wave()).isEqualTo("main");
    assertThat(rules.hold(AlertRule.LAG)).isEqualTo(Duration.ofMinutes(1));

    elsewhere("replicate");
    elsewhere("ledger");
    assertThat(of(AlertRule.LAG)).isEmpty();
    assertThat(of(AlertRule.LEDGER_LAG)).isEmpty();
  }

  @Test
  void aLagThatIsNotKnownIsNotTakenForNone() {
    wave.lagMillis = null;
    wave.ledgerLagMillis = null;

    assertThat(judge())
        .contains(
            Judgement.unknown(AlertRule.LAG, "main"),
            Judgement.unknown(AlertRule.LEDGER_LAG, "main"));
  }

  @Test
  void aSlotIsInDangerByTheTimeThatIsLeft() {
    wave.logSlot = slot(in(Duration.ofHours(23), null));
    assertThat(raised(AlertRule.SLOT_LOSS).words())
        .isEqualTo("at the present rate the slot is lost in 23 h (23 h to never), 1.0 GiB kept");

    wave.logSlot = slot(in(Duration.ofHours(25), Duration.ofHours(26)));
    assertThat(of(AlertRule.SLOT_LOSS)).isEmpty();

    wave.logSlot = slot(new Forecast.Reached());
    assertThat(raised(AlertRule.SLOT_LOSS).key().subject()).isEqualTo("veer_shop__main");

    wave.logSlot = slot(new Forecast.Unknown("too short"));
    assertThat(judge()).contains(Judgement.unknown(AlertRule.SLOT_LOSS, "main"));
  }

  @Test
  void aSlotWithoutABoundIsInDangerByItsBytesIfTheyAreConfigured() {
    AlertsConfig bytes =
        new AlertsConfig(
            Duration.ofMinutes(1),
            Duration.ZERO,
            Duration.ofHours(1),
            new Size(1 << 20),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofHours(1),
            List.of(),
            null);
    wave.echoSlot = slot(new Forecast.Never("no bound"));

    assertThat(of(AlertRule.SLOT_LOSS)).isEmpty();
    assertThat(new AlertRules(bytes, Duration.ofSeconds(1)).judge(wave.alone(NOW)))
        .extracting(Judgement::words)
        .containsExactly("the server keeps 1.0 GiB of WAL for the slot, more than 1MiB");
  }

  @Test
  void aCutoverThatRefusesWritesForLongerThanItMayIsSaid() {
    wave.attempt = SampleWave.attempt(NOW.minusSeconds(15));
    assertThat(of(AlertRule.CUTOVER_OVERDUE)).isEmpty();

    wave.attempt = SampleWave.attempt(NOW.minusSeconds(16));
    assertThat(raised(AlertRule.CUTOVER_OVERDUE).words())
        .isEqualTo(
            "writes are refused for 16 s, the budget was 10 s; the attempt stands at DRAINED");
  }

  @Test
  void anOldScanIsSaidWithItsTable() {
    assertThat(rules.judge(wave.alone(NOW.plus(Duration.ofHours(24)))))
        .filteredOn(one -> one.key().rule() == AlertRule.SCAN_AGE)
        .singleElement()
        .satisfies(
            one ->
                assertThat(one.words())
                    .isEqualTo(
                        "2 tables were not scanned for 1441 min; the oldest scan is that of"
                            + " public.t1"));
  }

  private void elsewhere(String role) {
    wave.role(new RoleReading(role, false, RoleState.WELL, NOW, null, null, null));
  }

  private static RoleReading well(String role, int secondsStill) {
    return new RoleReading(
        role,
        true,
        RoleState.WELL,
        NOW.minusSeconds(3600),
        NOW.minusSeconds(secondsStill),
        null,
        null);
  }

  private static SlotReading slot(Forecast loss) {
    return new SlotReading("veer_shop__main", true, false, 1L << 30, 1L << 30, loss);
  }

  private static Forecast in(Duration time, @Nullable Duration latest) {
    return new Forecast.Expected(time, time, latest);
  }

  private List<Judgement> judge() {
    return rules.judge(wave.alone(NOW));
  }

  private List<Judgement> of(AlertRule rule) {
    return judge().stream().filter(one -> one.key().rule() == rule).toList();
  }

  private Judgement raised(AlertRule rule) {
    List<Judgement> found = of(rule);
    assertThat(found).as(rule.word()).hasSize(1);
    assertThat(found.get(0).known()).isTrue();
    return found.get(0);
  }
}
