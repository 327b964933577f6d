package nl.veer.control.metrics;

import static nl.veer.control.reading.SampleWave.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.alert.AlertFigures;
import nl.veer.control.alert.AlertRule;
import nl.veer.control.forecast.Forecast;
import nl.veer.control.gate.GateReport;
import nl.veer.control.reading.FixedReadings;
import nl.veer.control.reading.MigrationReading;
import nl.veer.control.reading.RoleState;
import nl.veer.control.reading.SampleWave;
import nl.veer.verifier.verdict.UnknownReason;
import nl.veer.verifier.verdict.Verdict;
import nl.veer.verifier.verdict.WaveVerdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VeerMetricsTest {
  private Instant now = NOW;
  private final InstantSource source = () -> now;
  private final Clock clock = source.withZone(ZoneOffset.UTC);
  private final LastGates gates = new LastGates();
  private final FixedReadings fixed = new FixedReadings(new SampleWave().alone(NOW));
  private final VeerMetrics metrics =
      new VeerMetrics(
          "shop",
          fixed.readings,
          gates,
          () ->
              new AlertFigures(
                  Map.of(AlertRule.DIFFERENCE, 1),
                  List.of(
                      new AlertFigures.ChannelFigures(
                          "webhook-1",
                          2,
                          Map.of("sent", 3L),
                          new AlertFigures.ChannelTrouble(NOW, "ALERT_UNSENT", "Away.")))),
          clock);

  @AfterEach
  void close() {
    metrics.close();
    fixed.close();
  }

  @Test
  void whatIsKnownIsShownWithItsUnit() {
    Scrape scrape = scrape();

    assertThat(scrape.value("veer_lag_seconds")).isEqualTo(0.25);
    assertThat(scrape.value("veer_lag_bytes")).isEqualTo(4096);
    assertThat(scrape.value("veer_lag_zero_seconds", "bound", "expected")).isEqualTo(90);
    assertThat(scrape.value("veer_lag_zero_seconds", "bound", "soonest")).isEqualTo(60);
    assertThat(scrape.values("veer_lag_zero_seconds")).hasSize(2);
    assertThat(scrape.value("veer_apply_batches_total")).isEqualTo(5);
    assertThat(scrape.value("veer_apply_batch_seconds_total")).isEqualTo(1.5);
    assertThat(scrape.value("veer_apply_replays_total")).isEqualTo(1);
    assertThat(scrape.value("veer_retries_total", "role", "replicate")).isEqualTo(2);
    assertThat(scrape.value("veer_ledger_lag_seconds")).isEqualTo(0.4);
    assertThat(scrape.value("veer_slot_retained_bytes", "slot", "log")).isEqualTo(1 << 20);
    assertThat(scrape.values("veer_slot_safe_bytes")).hasSize(1);
    assertThat(scrape.value("veer_scan_coverage_ratio")).isEqualTo(1);
    assertThat(scrape.value("veer_scan_age_seconds")).isEqualTo(61);
    assertThat(scrape.value("veer_unsettled_rows")).isEqualTo(4);
    assertThat(scrape.value("veer_differences")).isZero();
    assertThat(scrape.value("veer_verdict", "verdict", "EQUAL")).isEqualTo(1);
    assertThat(scrape.value("veer_verdict", "verdict", "UNKNOWN")).isZero();
    assertThat(scrape.value("veer_cutover_outage_seconds")).isEqualTo(1.2);
    assertThat(scrape.value("veer_role_up", "role", "capture")).isEqualTo(1);
    assertThat(scrape.value("veer_alerts_firing", "rule", "difference")).isEqualTo(1);
    assertThat(scrape.value("veer_alert_messages_total", "channel", "webhook-1")).isEqualTo(3);
    assertThat(scrape.value("veer_alert_channel_up", "channel", "webhook-1")).isZero();
    assertThat(scrape.values("jvm_memory_used_bytes")).isNotEmpty();
  }

  @Test
  void everyValueOfAWaveNamesItsMigrationWaveAndLeg() {
    Scrape scrape = scrape();

    assertThat(scrape.lines("veer_lag_seconds"))
        .allMatch(line -> line.contains("migration=\"shop\""))
        .allMatch(line -> line.contains("wave=\"main\""))
        .allMatch(line -> line.contains("leg=\"0\""));
  }

  @Test
  void ofALegThatIsOverNothingIsLeft() {
    scrape();
    SampleWave next = new SampleWave();
    next.leg = 1;
    next.lagMillis = null;
    fixed.show(next.alone(NOW));

    Scrape scrape = scrape();

    assertThat(scrape.text()).doesNotContain("leg=\"0\"");
    assertThat(scrape.values("veer_lag_seconds")).isEmpty();
    assertThat(scrape.lines("veer_apply_batches_total")).hasSize(1);
  }

  @Test
  void whatIsNotKnownAnyMoreIsAbsentAndNotTheLastValue() {
    scrape();
    SampleWave blind = new SampleWave();
    blind.verdict =
        new WaveVerdict(
            Verdict.unknown(UnknownReason.ERROR, "It cannot be made."), null, "", List.of());
    blind.logSlot = null;
    blind.echoSlot = null;
    blind.ledgerLagMillis = null;
    blind.lagZero = new Forecast.Unknown("");
    blind.attempt = null;
    blind.sidesRead = false;
    fixed.show(blind.alone(NOW));

    Scrape scrape = scrape();

    assertThat(scrape.value("veer_verdict", "verdict", "UNKNOWN")).isEqualTo(1);
    for (String name :
        List.of(
            "veer_differences",
            "veer_scan_age_seconds",
            "veer_table_differences",
            "veer_slot_retained_bytes",
            "veer_ledger_lag_seconds",
            "veer_lag_zero_seconds",
            "veer_cutover_running",
            "veer_cutover_state")) {
      assertThat(scrape.values(name)).as(name).isEmpty();
    }
  }

  @Test
  void whenTheReaderHangsNoWaveHasAValue() {
    scrape();
    now = NOW.plusSeconds(61);

    Scrape scrape = scrape();

    assertThat(scrape.text()).doesNotContain("wave=\"main\"");
    assertThat(scrape.value("veer_reading_age_seconds")).isEqualTo(61);
  }

  @Test
  void aWaveThatEndsTakesItsValuesAlong() {
    scrape();
    fixed.show(new MigrationReading("shop", NOW, Duration.ZERO, List.of(), null));

    assertThat(scrape().text()).doesNotContain("wave=\"main\"");
  }

  @Test
  void aWaveOfWhichNothingIsKnownIsShownAsThatAndHasNoOtherValue() {
    assertThat(scrape().value("veer_wave_running")).isEqualTo(1);
    fixed.show(SampleWave.unheard(NOW, NOW));

    Scrape scrape = scrape();

    assertThat(scrape.value("veer_wave_running")).isZero();
    assertThat(scrape.value("veer_wave_state", "state", "UNKNOWN")).isEqualTo(1);
    assertThat(scrape.text().lines().filter(line -> line.contains("wave=\"main\""))).hasSize(2);
    assertThat(scrape.text()).doesNotContain("leg=\"0\"");
  }

  @Test
  void aRoleThatFailedIsDownAndOneStateIsSetOfEach() {
    fixed.show(new SampleWave().role("capture", RoleState.FAILED, NOW).alone(NOW));

    Scrape scrape = scrape();

    assertThat(scrape.value("veer_role_up", "role", "capture")).isZero();
    assertThat(scrape.lines("veer_role_state"))
        .filteredOn(line -> line.contains("role=\"capture\""))
        .singleElement()
        .asString()
        .contains("state=\"FAILED\"");
  }

  @Test
  void aGateIsShownAsItWasLastAskedAndNotForLong() {
    gates.keep(new WaveId("shop", "main"), GateReport.of("main", List.of(), Map.of()), NOW);

    assertThat(scrape().value("veer_gate_open")).isZero();
    assertThat(scrape().values("veer_gate_predicate")).as("none was looked at").isEmpty();

    now = NOW.plus(Duration.ofMinutes(61));
    fixed.show(new SampleWave().alone(now));
    assertThat(scrape().values("veer_gate_open")).isEmpty();
    now = NOW.minus(Duration.ofMinutes(1));
    assertThat(scrape().values("veer_gate_open")).as("the clock was set back").isEmpty();
  }

  @Test
  void theGateOfALegThatIsOverSaysNothingOfTheNext() {
    gates.keep(new WaveId("shop", "main"), GateReport.of("main", List.of(), Map.of()), NOW);
    SampleWave next = new SampleWave();
    next.leg = 1;
    fixed.show(next.alone(NOW));

    assertThat(scrape().values("veer_gate_open")).isEmpty();
  }

  @Test
  void twoThousandTablesAreScrapedInNoTime() {
    SampleWave wide = new SampleWave();
    wide.verdict = SampleWave.verdict(2_000, new Verdict.Different(3));
    fixed.show(wide.alone(NOW));
    scrape();

    long begin = System.nanoTime();
    Scrape scrape = scrape();
    Duration took = Duration.ofNanos(System.nanoTime() - begin);

    assertThat(scrape.values("veer_table_differences")).hasSize(2_000);
    assertThat(scrape.value("veer_table_differences", "table", "public.t0")).isEqualTo(3);
    assertThat(scrape.value("veer_tables", "verdict", "DIFFERENT")).isEqualTo(1);
    assertThat(took).isLessThan(Duration.ofSeconds(2));
  }

  private Scrape scrape() {
    return new Scrape(metrics.scrape());
  }
}
