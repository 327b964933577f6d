package nl.veer.control.dashboard.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nl.veer.control.dashboard.Altered;
import nl.veer.control.dashboard.PlainView;
import nl.veer.control.forecast.Forecast;
import nl.veer.control.status.LegFigures;
import nl.veer.control.status.MigrationStatus;
import nl.veer.control.status.RoleFigures;
import nl.veer.control.status.SlotFigures;
import nl.veer.control.status.WaveStatus;
import nl.veer.control.word.ReplicatorSaid;
import nl.veer.control.word.Said;
import org.junit.jupiter.api.Test;

/** What several readings tell together. */
class FlowMeterTest {
  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

  /** Half an hour before midnight in Amsterdam. */
  private static final Instant LATE = Instant.parse("2026-11-29T22:30:00Z");

  private final FlowMeter meter =
      new FlowMeter(ZoneId.of("Europe/Amsterdam"), Duration.ofSeconds(2));

  @Test
  void ratesAreMadeOfTwoWordsOfARole() {
    assertThat(read(NOON, word("a", NOON, 100, 1_000)).rate("replicator")).isEqualTo(Rates.UNKNOWN);
    Instant later = NOON.plusSeconds(4);
    Rates rates = read(later, word("a", later, 300, 3_000)).rate("replicator");
    assertThat(rates.transactionsPerSecond()).isEqualTo(50);
    assertThat(rates.rowsPerSecond()).isEqualTo(500);
  }

  @Test
  void aWordThatIsReadTwiceIsOneWord() {
    read(NOON, word("a", NOON, 100, 1_000));
    Instant later = NOON.plusSeconds(2);
    read(later, word("a", later, 300, 3_000));
    Rates rates = read(NOON.plusSeconds(3), word("a", later, 300, 3_000)).rate("replicator");
    assertThat(rates.transactionsPerSecond()).isEqualTo(100);
  }

  @Test
  void aRateFollowsTheLastSecondsOnly() {
    read(NOON, word("a", NOON, 0, 0));
    WaveMeasures last = read(NOON.plusSeconds(1), word("a", NOON.plusSeconds(1), 50_000, 50_000));
    for (int second = 2; second <= 15; second++) {
      Instant at = NOON.plusSeconds(second);
      last = read(at, word("a", at, 50_000, 50_000));
    }
    assertThat(last.rate("replicator").transactionsPerSecond()).isZero();
  }

  @Test
  void thereIsNoRateOfARoleThatIsSilentNorOverTheTimeThatItWas() {
    read(NOON, word("a", NOON, 100, 100));
    Instant heard = NOON.plusSeconds(1);
    RoleFigures last = word("a", heard, 200, 200);
    assertThat(read(heard, last).rate("replicator").transactionsPerSecond()).isEqualTo(100);
    RoleFigures silent =
        new RoleFigures(
            "replicator",
            RoleFigures.SILENT,
            "RUNNING",
            4_000L,
            last.at(),
            "a",
            0,
            null,
            last.said());
    assertThat(read(NOON.plusSeconds(5), silent).rate("replicator")).isEqualTo(Rates.UNKNOWN);
    Instant back = NOON.plusSeconds(6);
    assertThat(read(back, word("a", back, 900, 900)).rate("replicator")).isEqualTo(Rates.UNKNOWN);
  }

  @Test
  void countsOfTwoProcessesAreNotCompared() {
    read(NOON, word("a", NOON, 100, 100));
    Instant later = NOON.plusSeconds(2);
    assertThat(read(later, word("b", later, 900, 900)).rate("replicator")).isEqualTo(Rates.UNKNOWN);
  }

  @Test
  void whatIsAppliedIsCountedFromTheFirstReadingOn() {
    Applied first = read(NOON, word("a", NOON, 500, 5_000)).applied();
    assertThat(first).isEqualTo(new Applied(0L, 0L, NOON));
    Instant later = NOON.plusSeconds(60);
    assertThat(read(later, word("a", later, 520, 5_100)).applied())
        .isEqualTo(new Applied(20L, 100L, NOON));
  }

  @Test
  void itIsCountedAnewFromMidnightOnWhereTheServerIs() {
    read(LATE, word("a", LATE, 500, 5_000));
    Instant before = Instant.parse("2026-11-29T22:59:55Z");
    assertThat(read(before, word("a", before, 600, 6_000)).applied().transactions()).isEqualTo(100);
    Instant behind = Instant.parse("2026-11-29T23:00:05Z");
    assertThat(read(behind, word("a", behind, 610, 6_010)).applied())
        .isEqualTo(new Applied(0L, 0L, behind));
    Instant later = behind.plusSeconds(10);
    assertThat(read(later, word("a", later, 615, 6_020)).applied())
        .isEqualTo(new Applied(5L, 10L, behind));
  }

  @Test
  void aNewProcessGoesOnWithTheCount() {
    read(NOON, said("a", NOON, 1_000, 500, 5_000));
    Instant stopped = NOON.plusSeconds(1);
    read(stopped, said("a", stopped, 1_010, 510, 5_050));
    Instant starting = NOON.plusSeconds(5);
    assertThat(read(starting, said("b", starting, 0, 0, 0)).applied().transactions())
        .as("it has not looked yet where it is")
        .isNull();
    Instant later = NOON.plusSeconds(9);
    assertThat(read(later, said("b", later, 1_013, 3, 30)).applied())
        .isEqualTo(new Applied(13L, 80L, NOON));
  }

  @Test
  void rowsThatNobodyCountedAreNotGuessed() {
    read(NOON, said("a", NOON, 1_000, 500, 5_000));
    Instant later = NOON.plusSeconds(9);
    // The old process has applied seven more before it ended.
    assertThat(read(later, said("b", later, 1_010, 3, 30)).applied())
        .isEqualTo(new Applied(10L, null, NOON));
  }

  @Test
  void whileTheReplicatorIsSilentNobodyKnowsWhatIsApplied() {
    read(NOON, word("a", NOON, 500, 5_000));
    Applied silent = read(NOON.plusSeconds(9)).applied();
    assertThat(silent.transactions()).isNull();
    assertThat(silent.rows()).isNull();
  }

  @Test
  void anotherLegIsMeasuredAnew() {
    read(NOON, word("a", NOON, 500, 5_000));
    Instant later = NOON.plusSeconds(1);
    WaveStatus next = with(PlainView.main("EQUAL"), 1, word("a", later, 600, 6_000));
    WaveMeasures measures = observe(later, next);
    assertThat(measures.rate("replicator")).isEqualTo(Rates.UNKNOWN);
    assertThat(measures.applied()).isEqualTo(new Applied(0L, 0L, later));
  }

  @Test
  void anOlderReadingThatComesLateChangesNothing() {
    Instant later = NOON.plusSeconds(5);
    read(NOON, word("a", NOON, 0, 0));
    WaveMeasures newest = read(later, word("a", later, 100, 100));
    WaveMeasures late = read(NOON.plusSeconds(1), word("a", NOON.plusSeconds(1), 90, 90));
    assertThat(late).isEqualTo(newest);
  }

  @Test
  void aLagThatFallsHasATimeAndSoHasASlotThatFillsUp() {
    WaveMeasures last = observe(NOON, behind(600_000, 1_000_000));
    for (int second = 5; second <= 120; second += 5) {
      Instant at = NOON.plusSeconds(second);
      last = observe(at, behind(600_000 - 2_000L * second, 1_000_000 - 1_000L * second));
    }
    assertThat(last.lagZero())
        .isInstanceOfSatisfying(
            Forecast.Expected.class,
            zero -> assertThat(zero.in().toSeconds()).isCloseTo(180, within(2L)));
    assertThat(last.slotLoss())
        .isInstanceOfSatisfying(
            Forecast.Expected.class,
            loss -> assertThat(loss.in().toSeconds()).isCloseTo(880, within(5L)));
  }

  private WaveMeasures read(Instant at, RoleFigures... roles) {
    return observe(at, with(PlainView.main("EQUAL"), 0, roles));
  }

  private WaveMeasures observe(Instant at, WaveStatus wave) {
    Map<String, WaveMeasures> measures =
        meter.observe(at, new MigrationStatus("shop", at.toString(), List.of(wave)));
    return Objects.requireNonNull(measures.get("main"));
  }

  private static RoleFigures word(String instance, Instant at, long transactions, long rows) {
    return said(instance, at, 10_000 + transactions, transactions, rows);
  }

  private static RoleFigures said(
      String instance, Instant at, long number, long transactions, long rows) {
    Said said =
        new ReplicatorSaid(
            "0/5D1A9F20",
            number,
            transactions,
            rows,
            0,
            0,
            new ReplicatorSaid.Lag(1, 1, 1, 1, 1),
            new ReplicatorSaid.Load(0, 0, 0, 0, 0, 0));
    return new RoleFigures(
        "replicator", "RUNNING", "RUNNING", 0L, at.toString(), instance, 1, null, said);
  }

  private static WaveStatus behind(long lagMillis, long safeBytes) {
    return Altered.lag(PlainView.main("EQUAL"), lagMillis)
        .with(List.of(), new SlotFigures(true, false, 1L, safeBytes));
  }

  private static WaveStatus with(WaveStatus wave, int leg, RoleFigures... roles) {
    return Altered.leg(wave, new LegFigures(leg, "source", "target"))
        .with(List.of(roles), wave.slot());
  }
}
