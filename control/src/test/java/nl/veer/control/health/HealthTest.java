package nl.veer.control.health;

import static nl.veer.control.reading.SampleWave.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.control.alert.AlertFigures;
import nl.veer.control.alert.AlertFigures.ChannelFigures;
import nl.veer.control.alert.AlertFigures.ChannelTrouble;
import nl.veer.control.reading.FixedReadings;
import nl.veer.control.reading.MigrationReading;
import nl.veer.control.reading.RoleReading;
import nl.veer.control.reading.RoleState;
import nl.veer.control.reading.SampleWave;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final Failure LOST =
      new Failure(FailureKind.LOST_POSITION, "SLOT_LOST", "The slot is gone.");

  @Test
  void whereAllIsWellItIsLiveAndReady() {
    Health health = health(new SampleWave().alone(NOW));

    assertThat(health.live().reasons()).isEmpty();
    assertThat(health.ready().reasons()).isEmpty();
    assertThat(health.ready().httpStatus()).isEqualTo(200);
    assertThat(health.live().json())
        .isEqualTo(
            "{\"question\":\"live\",\"status\":\"UP\",\"at\":\"2026-03-01T12:00:00Z\","
                + "\"reasons\":[],\"notes\":[]}");
  }

  @Test
  void beforeTheFirstReadingItIsLiveAndNotReady() {
    Health health = health(Optional.empty(), Duration.ofSeconds(3), List.of());

    assertThat(health.live().isWell()).isTrue();
    assertThat(codes(health.ready())).containsExactly("STARTING");
  }

  @Test
  void aRoleThatEndedWithAFailureIsNotReadyAndLiveForAStartMendsNothing() {
    Health health =
        health(
            new SampleWave()
                .role(
                    new RoleReading(
                        "echo", true, RoleState.FAILED, NOW, null, "SLOT_LOST", "It is gone."))
                .alone(NOW));

    assertThat(health.live().isWell()).isTrue();
    assertThat(codes(health.ready())).containsExactly("SLOT_LOST");
    assertThat(health.ready().httpStatus()).isEqualTo(503);
  }

  @Test
  void whoeverJudgesAndCannotIsNotReady() {
    Health health =
        health(
            new SampleWave().role("verdict", RoleState.RETRYING, NOW.minusSeconds(31)).alone(NOW));

    assertThat(health.ready().reasons())
        .singleElement()
        .satisfies(reason -> assertThat(reason.role()).isEqualTo("verdict"));
  }

  @Test
  void aWaveOfWhichNothingIsKnownIsNotReady() {
    Health health = health(SampleWave.unheard(NOW.minusSeconds(5), NOW));

    assertThat(health.ready().reasons())
        .containsExactly(
            new HealthReason(
                "main",
                null,
                "NO_LEG",
                "No leg of this wave is known to run here: nothing is known of it.",
                NOW.minusSeconds(5)));
    assertThat(health.live().isWell()).isTrue();
  }

  @Test
  void alertsThatDoNotArriveAreToldThoughTheRolesCarry() throws Exception {
    ChannelTrouble trouble =
        new ChannelTrouble(NOW.minusSeconds(90), "ALERT_REFUSED", "It answers with status 404.");
    Health health =
        health(
            Optional.of(new SampleWave().alone(NOW)),
            Duration.ZERO,
            List.of(),
            List.of(
                new ChannelFigures("mail", 0, Map.of(), null),
                new ChannelFigures("webhook-1", 1, Map.of(), trouble)));

    assertThat(health.ready().httpStatus()).isEqualTo(200);
    JsonNode notes = new ObjectMapper().readTree(health.ready().json()).path("notes");
    assertThat(notes).hasSize(1);
    assertThat(notes.path(0).path("code").asText()).isEqualTo("ALERT_REFUSED");
    assertThat(notes.path(0).path("words").asText())
        .isEqualTo("Alerts do not arrive by webhook-1: It answers with status 404.");
    assertThat(notes.path(0).path("since").asText()).isEqualTo("2026-03-01T11:58:30Z");
    assertThat(health.ready().brief()).doesNotContain("webhook");
  }

  @Test
  void anEndedRunIsNeither() {
    Health health =
        health(
            new MigrationReading(
                "shop", NOW, Duration.ZERO, List.of(new SampleWave().reading()), LOST));

    assertThat(codes(health.live())).containsExactly("SLOT_LOST");
    assertThat(codes(health.ready())).containsExactly("SLOT_LOST");
  }

  @Test
  void aRoleThatTriesAgainIsReadyForHalfAMinuteAndLiveForAsLongAsItTakes() {
    assertThat(retryingFor(30).ready().isWell()).isTrue();
    assertThat(codes(retryingFor(31).ready())).containsExactly("AWAY");
    assertThat(retryingFor(86_400).live().isWell()).isTrue();
  }

  @Test
  void anIncidentIsNotReadyAndLive() {
    Health health = health(new SampleWave().role("replicate", RoleState.INCIDENT, NOW).alone(NOW));

    assertThat(health.ready().isWell()).isFalse();
    assertThat(health.live().isWell()).isTrue();
  }

  @Test
  void whatCarriesMustHaveBegunAndWhatProvesMayWait() {
    assertThat(is("capture", RoleState.WAITING).ready().isWell()).isFalse();
    assertThat(is("replicate", RoleState.WAITING).ready().isWell()).isFalse();
    assertThat(is("ledger", RoleState.WAITING).ready().isWell()).isTrue();
    assertThat(is("echo", RoleState.WAITING).ready().isWell()).isTrue();
    assertThat(is("scan", RoleState.ENDED).ready().isWell()).isFalse();
  }

  @Test
  void whatIsSilentElsewhereIsNoFaultOfThisProcess() {
    Health health =
        health(
            new SampleWave()
                .role(new RoleReading("echo", false, RoleState.SILENT, NOW, null, null, null))
                .alone(NOW));

    assertThat(health.ready().isWell()).isTrue();
  }

  @Test
  void withoutWavesItIsNotReady() {
    Health health = health(new MigrationReading("shop", NOW, Duration.ZERO, List.of(), null));

    assertThat(codes(health.ready())).containsExactly("NO_WAVES");
    assertThat(health.live().isWell()).isTrue();
  }

  @Test
  void aReaderThatHangsIsSoonNotReadyAndThenNotLive() {
    Optional<MigrationReading> old = Optional.of(new SampleWave().alone(NOW));

    assertThat(health(old, Duration.ofSeconds(60), List.of()).ready().isWell()).isTrue();
    assertThat(codes(health(old, Duration.ofSeconds(61), List.of()).ready()))
        .containsExactly("STALE");
    assertThat(health(old, Duration.ofSeconds(120), List.of()).live().isWell()).isTrue();
    assertThat(codes(health(old, Duration.ofSeconds(121), List.of()).live()))
        .containsExactly("READER_HANGS");
  }

  @Test
  void aFollowerThatHangsIsNotLive() {
    MigrationReading hangs =
        new MigrationReading(
            "shop", NOW, Duration.ofSeconds(121), List.of(new SampleWave().reading()), null);

    assertThat(codes(health(hangs).live())).containsExactly("FOLLOWER_HANGS");
  }

  @Test
  void threadsThatWaitForEachOtherAreFound() throws InterruptedException {
    try (FixedReadings fixed = new FixedReadings(new SampleWave().alone(NOW))) {
      Health health =
          new Health(fixed.readings, () -> new AlertFigures(Map.of(), List.of()), CLOCK);
      assertThat(codes(health.live())).doesNotContain("DEADLOCK");
      ReentrantLock one = new ReentrantLock();
      ReentrantLock two = new ReentrantLock();
      CountDownLatch both = new CountDownLatch(2);
      Thread first = crossing("first of two", one, two, both);
      Thread second = crossing("second of two", two, one, both);

      org.awaitility.Awaitility.await().until(() -> !health.live().isWell());

      assertThat(codes(health.live())).contains("DEADLOCK");
      assertThat(health.live().reasons().get(0).words()).contains("first of two", "second of two");
      first.interrupt();
      second.interrupt();
      first.join();
      second.join();
    }
  }

  private static Thread crossing(
      String name, ReentrantLock mine, ReentrantLock other, CountDownLatch both) {
    Thread thread =
        new Thread(
            () -> {
              mine.lock();
              both.countDown();
              try {
                both.await();
                other.lockInterruptibly();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } finally {
                mine.unlock();
              }
            },
            name);
    thread.start();
    return thread;
  }

  @Test
  void theReasonsAreToldAsJson() throws Exception {
    Health health = health(new SampleWave().role("capture", RoleState.INCIDENT, NOW).alone(NOW));

    JsonNode json = new ObjectMapper().readTree(health.ready().json());

    assertThat(json.path("status").asText()).isEqualTo("DOWN");
    JsonNode reason = json.path("reasons").path(0);
    assertThat(reason.path("wave").asText()).isEqualTo("main");
    assertThat(reason.path("role").asText()).isEqualTo("capture");
    assertThat(reason.path("code").asText()).isEqualTo("AWAY");
    assertThat(reason.path("words").asText()).isEqualTo("The source is away.");
    assertThat(reason.path("since").asText()).isEqualTo("2026-03-01T12:00:00Z");
  }

  private static Health retryingFor(long seconds) {
    return health(
        new SampleWave().role("capture", RoleState.RETRYING, NOW.minusSeconds(seconds)).alone(NOW));
  }

  private static Health is(String role, RoleState state) {
    return health(new SampleWave().role(role, state, NOW).alone(NOW));
  }

  private static Health health(MigrationReading reading) {
    return health(Optional.of(reading), Duration.ZERO, List.of());
  }

  private static Health health(
      Optional<MigrationReading> reading, Duration silence, List<String> deadlocked) {
    return health(reading, silence, deadlocked, List.of());
  }

  private static Health health(
      Optional<MigrationReading> reading,
      Duration silence,
      List<String> deadlocked,
      List<ChannelFigures> channels) {
    return new Health(() -> new Health.State(reading, silence, channels), () -> deadlocked, CLOCK);
  }

  private static List<String> codes(HealthReport report) {
    return report.reasons().stream().map(HealthReason::code).toList();
  }
}
