package nl.veer.control.dashboard.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import nl.veer.control.dashboard.Altered;
import nl.veer.control.dashboard.PlainView;
import nl.veer.control.dashboard.api.FlowLeg.State;
import nl.veer.control.dashboard.feed.Applied;
import nl.veer.control.dashboard.feed.Rates;
import nl.veer.control.dashboard.feed.StatusNow;
import nl.veer.control.dashboard.feed.WaveMeasures;
import nl.veer.control.forecast.Forecast;
import nl.veer.control.status.EchoStatus;
import nl.veer.control.status.LoadStatus;
import nl.veer.control.status.MigrationStatus;
import nl.veer.control.status.RoleFigures;
import nl.veer.control.status.VerdictFigures;
import nl.veer.control.status.WaveState;
import nl.veer.control.status.WaveStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A wave's flow, what was applied of it, and what is to be expected. */
class FlowTest {
  private static final Instant AT = Instant.parse("2026-11-29T18:00:00Z");
  private static final WaveStatus MAIN = PlainView.main("EQUAL");

  private static final WaveMeasures MEASURES =
      new WaveMeasures(
          Map.of(
              "capture", new Rates(120.0, 480.0),
              "replicator", new Rates(118.0, 472.0),
              "ledger", new Rates(117.0, 468.0)),
          new Applied(48_000L, 190_000L, AT.minusSeconds(3_600)),
          new Forecast.Expected(
              Duration.ofMinutes(10), Duration.ofMinutes(8), Duration.ofMinutes(14)),
          new Forecast.Expected(Duration.ofHours(3), Duration.ofHours(2), null));

  @Test
  void aChangesWayHasFourLegs() {
    WaveBody wave = body(MAIN, AT.plusMillis(700));

    assertThat(wave.flow())
        .extracting(FlowLeg::from, FlowLeg::to, FlowLeg::state)
        .containsExactly(
            tuple("source", "log", State.RUNNING),
            tuple("log", "target", State.RUNNING),
            tuple("target", "echo", State.RUNNING),
            tuple("echo", "verifier", State.RUNNING));
    assertThat(wave.flow().get(0))
        .isEqualTo(
            new FlowLeg(
                "source", "log", State.RUNNING, 120.0, 480.0, 4L, 40L, 1_100L, "0/5D1A9F20", null));
    assertThat(wave.flow().get(1).lagMillis()).isEqualTo(12);
    assertThat(wave.flow().get(2).position()).isEqualTo("0/9920B1C8");
    assertThat(wave.flow().get(2).transactionsPerSecond()).as("nobody has measured it").isNull();
    assertThat(wave.flow().get(3).lagMillis()).isEqualTo(30);
    assertThat(wave.verificationLagMillis()).isEqualTo(30);
  }

  @Test
  void whatIsTooOldHasNoRateNoLagAndNoForecast() {
    WaveBody wave = body(MAIN, AT.plus(StatusNow.SILENT).plusMillis(1));

    assertThat(wave.flow())
        .allSatisfy(
            leg -> {
              assertThat(leg.state()).isEqualTo(State.UNKNOWN);
              assertThat(leg.transactionsPerSecond()).isNull();
              assertThat(leg.rowsPerSecond()).isNull();
              assertThat(leg.lagMillis()).isNull();
              assertThat(leg.bytesBehind()).isNull();
            });
    assertThat(wave.today().transactions()).isNull();
    assertThat(wave.today().rows()).isNull();
    assertThat(wave.forecast().lagZeroAt()).isNull();
    assertThat(wave.forecast().slotLostAt()).isNull();
    assertThat(wave.verificationLagMillis()).isNull();
  }

  @Test
  void aRoleThatFellSilentIsSilentWithTheAgeOfItsLastWord() {
    WaveBody dark = body(PlainView.dark(), AT.plusSeconds(2));

    assertThat(dark.flow().get(0).state()).isEqualTo(State.SILENT);
    assertThat(dark.flow().get(0).heardMillisAgo()).isEqualTo(92_000);
    assertThat(dark.flow().get(0).failure()).contains("no capture is connected");
    assertThat(dark.flow().get(1).state()).isEqualTo(State.UNKNOWN);
    assertThat(dark.flow().get(1).heardMillisAgo()).isNull();
    assertThat(dark.flow().get(3).state()).as("none is asked for").isEqualTo(State.NOT_STARTED);
  }

  @Test
  void whatItsRoleSaysOfItselfIsTold() {
    WaveStatus retrying =
        with(
            MAIN,
            MAIN.echo(),
            said("capture", "RUNNING", null),
            said("replicator", "RETRYING", "TARGET_UNREACHABLE: It is away."));

    FlowLeg leg = body(retrying, AT).flow().get(1);
    assertThat(leg.state()).isEqualTo(State.RETRYING);
    assertThat(leg.failure()).isEqualTo("TARGET_UNREACHABLE: It is away.");
    assertThat(body(retrying, AT).flow().get(0).failure()).as("it is not the capture's").isNull();
  }

  @Test
  void whereARoleSaysNothingTheDatabasesStandForIt() {
    WaveStatus quiet = with(MAIN, MAIN.echo());

    assertThat(body(quiet, AT).flow())
        .extracting(FlowLeg::state)
        .containsExactly(State.UNKNOWN, State.UNKNOWN, State.RUNNING, State.RUNNING);
  }

  @Test
  void aSlotThatIsLostIsNotHiddenByARoleThatHasNotNoticed() {
    WaveStatus lost =
        with(
            MAIN,
            new EchoStatus(WaveState.FAILED, "0/1", 7L, null, "The target has given up its slot."),
            said("echo", "RUNNING", null));

    FlowLeg leg = body(lost, AT).flow().get(2);
    assertThat(leg.state()).isEqualTo(State.FAILED);
    assertThat(leg.failure()).contains("given up");
  }

  @Test
  void whatIsAppliedAndExpectedIsTold() {
    WaveBody wave = body(MAIN, AT);

    assertThat(wave.today()).isEqualTo(new Today(48_000L, 190_000L, "2026-11-29T17:00:00Z"));
    assertThat(wave.forecast())
        .isEqualTo(
            new Outlook(
                "2026-11-29T18:10:00Z",
                "2026-11-29T18:08:00Z",
                "2026-11-29T18:14:00Z",
                "2026-11-29T21:00:00Z",
                null));
  }

  @Test
  void whyThereIsNoTimeIsSaidInWords() {
    Instant at = AT;
    assertThat(outlook(new Forecast.Reached(), new Forecast.Never("no bound"), at).words())
        .isEqualTo("The wave has caught up.");
    assertThat(outlook(new Forecast.Never("it does not fall"), new Forecast.Reached(), at).words())
        .isEqualTo(
            "No end of the lag is in sight: it does not fall. The source has given up the log's"
                + " slot.");
    assertThat(
            outlook(new Forecast.Unknown("it was watched for too short a time"), loss(), at)
                .words())
        .contains("too short a time");
  }

  @Test
  void theTimeLeftOfALoadIsByItsRateAndNullWhereThatIsNotKnown() {
    assertThat(left(1, 3, 1_000, 6_000, 250)).isEqualTo(20);
    assertThat(left(1, 3, 1_000, 6_000, 0)).as("none is being loaded").isNull();
    assertThat(left(1, 3, 6_000, 6_000, 250)).as("the estimate was too low").isNull();
    assertThat(left(3, 3, 5_000, 6_000, 250)).as("it is done").isNull();
  }

  @Test
  void aWaveOfTwoThousandTablesIsToldInAsFewBytesAsOneOfThree() throws Exception {
    List<VerdictFigures.Table> judged = new ArrayList<>();
    List<LoadStatus.Table> loads = new ArrayList<>();
    IntStream.range(0, 2_000)
        .forEach(
            i -> {
              String table = "public.a_table_with_a_long_name_" + i;
              loads.add(new LoadStatus.Table(table, true, 10, 10, 100));
              if (i > 0) {
                judged.add(
                    new VerdictFigures.Table(
                        table, "EQUAL", null, null, "0/1", 0, AT.toString(), List.of()));
              }
            });
    WaveStatus wave =
        new WaveStatus(
            "main",
            MAIN.leg(),
            MAIN.state(),
            MAIN.sourcePosition(),
            MAIN.logPosition(),
            MAIN.appliedPosition(),
            MAIN.appliedTransactions(),
            MAIN.lagMillis(),
            MAIN.bytesBehind(),
            MAIN.transactionsBehind(),
            new LoadStatus(2_000, 2_000, 20_000, 20_000, 200_000, 0, loads),
            MAIN.echo(),
            MAIN.ledger(),
            new VerdictFigures("UNKNOWN", "NEVER_SCANNED", "One was not.", "0/1", 3L, null, judged),
            MAIN.slot(),
            MAIN.roles(),
            null,
            List.of());

    WavesBody body = Bodies.waves(now(wave, MEASURES), AT);

    VerdictBody verdict = body.waves().get(0).verdict();
    assertThat(List.of(verdict.tables(), verdict.equal(), verdict.unknown()))
        .containsExactly(2_000L, 1_999L, 1L);
    assertThat(new ObjectMapper().writeValueAsBytes(body)).hasSizeLessThan(4_096);
  }

  private static @Nullable Long left(
      int complete, int tables, long rows, long estimated, double rate) {
    return WaveBody.Load.of(
            new LoadStatus(tables, complete, rows, estimated, 1, rate, List.of()), false)
        .secondsLeft();
  }

  private static Forecast loss() {
    return new Forecast.Unknown("the slot is not known");
  }

  private static Outlook outlook(Forecast lag, Forecast slot, Instant at) {
    return Outlook.of(
        new WaveMeasures(Map.of(), new Applied(null, null, at), lag, slot), at, false);
  }

  private static RoleFigures said(String role, String state, @Nullable String failure) {
    return new RoleFigures(role, state, state, 400L, AT.toString(), "a1", 1, failure, null);
  }

  private static WaveStatus with(WaveStatus wave, @Nullable EchoStatus echo, RoleFigures... roles) {
    return Altered.echo(wave, echo).with(List.of(roles), wave.slot());
  }

  private static WaveBody body(WaveStatus wave, Instant at) {
    return Bodies.wave(wave.wave(), now(wave, MEASURES), at).orElseThrow();
  }

  private static StatusNow now(WaveStatus wave, WaveMeasures measures) {
    return new StatusNow(
        1,
        new MigrationStatus("shop", AT.toString(), List.of(wave)),
        AT,
        Duration.ZERO,
        null,
        Map.of(wave.wave(), measures));
  }
}
