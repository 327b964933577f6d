package nl.veer.control.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import nl.veer.connectors.dialect.postgres.PostgresLease;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.control.config.ConfigFile;
import nl.veer.control.crossing.Alone;
import nl.veer.control.crossing.CommandProcess;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.LiveShop;
import nl.veer.control.crossing.RoleHome;
import nl.veer.control.crossing.RoleProcess;
import nl.veer.control.crossing.Shore;
import nl.veer.control.crossing.TopicAudit;
import nl.veer.control.finish.WaveEnd;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Role;
import nl.veer.control.wave.RoleName;
import nl.veer.verifier.ledger.Balanced;
import nl.veer.verifier.ledger.LedgerCheckpoint;
import nl.veer.verifier.record.FindingRecords;
import nl.veer.verifier.record.LedgerStore;
import nl.veer.verifier.record.LedgerView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes of each role, as on two hosts: one works, the other one waits for its death. */
@Alone
class StandbyIT {
  /** Of a machine that has a core for whoever wants one; on a busy one, as much longer. */
  private static final Duration TAKEOVER = Duration.ofSeconds(10);

  /** Never raised: a pause between two looks. */
  private static final StopSignal LOOK = new StopSignal();

  private static final String VERIFIED =
      """
      tuning: {heartbeat: 200ms}
      verification: {ledger: true, scan: true, scan-every: 1s}
      observe: {capture: "127.0.0.1:%d", replicate: "127.0.0.1:%d", verify: "127.0.0.1:%d"}
      """;

  @TempDir private Path directory;

  @Test
  void eachRoleThatIsKilledIsTakenOverSoonAndNothingIsLostOrDoubled() throws Exception {
    List<Integer> ports = freePorts();
    try (CrossingWorld world = CrossingWorld.with();
        LiveShop shop = LiveShop.openCalm(world, 500, 60);
        RoleHome one = RoleHome.of(world, directory.resolve("one"), VERIFIED.formatted(0, 0, 0));
        RoleHome two =
            RoleHome.of(world, directory.resolve("two"), VERIFIED.formatted(ports.toArray()))) {
      Shore shore = new Shore(world);
      RoleProcess capture = one.start(Role.CAPTURE);
      RoleProcess replicate = one.start(Role.REPLICATE);
      RoleProcess verify = one.start(Role.VERIFY);
      shore.awaitLoaded(capture, replicate, verify);
      shore.awaitBatch(capture, replicate, verify);
      shore.await("the ledger", () -> balanced(world).isPresent(), capture, replicate, verify);
      RoleProcess nextCapture = two.start(Role.CAPTURE);
      RoleProcess nextReplicate = two.start(Role.REPLICATE);
      RoleProcess nextVerify = two.start(Role.VERIFY);
      RoleProcess[] all = {capture, replicate, verify, nextCapture, nextReplicate, nextVerify};
      for (RoleProcess waiting : List.of(nextCapture, nextReplicate, nextVerify)) {
        shore.await("it to stand by", () -> waiting.output().contains("Standing by"), all);
      }
      for (int port : ports) {
        assertThat(ready(port)).startsWith("200 ").contains("STANDBY");
      }
      assertThat(status(one)).contains("capture: 1 standing by", "replicate: 1 standing by");
      shore.awaitBatch(all);

      // A transaction that commits behind the kill comes through the next capture only.
      capture.kill9();
      LsnPosition behindCapture = world.mark();
      within("capture", () -> applied(shore, behindCapture), nextCapture, replicate, verify);

      String epoch = epoch(world);
      replicate.kill9();
      LsnPosition behindReplicate = world.mark();
      within(
          "replicate",
          () -> applied(shore, behindReplicate) && !epoch(world).equals(epoch),
          nextCapture,
          nextReplicate,
          verify);

      verify.kill9();
      LsnPosition behindVerify = world.mark();
      within(
          "verify",
          () -> balanced(world).filter(place -> place.isAfter(behindVerify)).isPresent(),
          nextCapture,
          nextReplicate,
          nextVerify);

      shop.stop();
      shore.awaitEqual(nextCapture, nextReplicate, nextVerify);
      shop.assertAcknowledgedIsThere();
      TopicAudit.of(world);
      LsnPosition end = world.mark();
      shore.await(
          "all to be weighed",
          () -> balanced(world).filter(place -> place.isAfter(end)).isPresent(),
          nextCapture,
          nextReplicate,
          nextVerify);
      assertThat(findings(world)).isZero();
      for (RoleProcess last : List.of(nextCapture, nextReplicate, nextVerify)) {
        assertThat(last.end()).as(last.output()).isZero();
      }
    }
  }

  @Test
  void nothingIsRemovedWhileSomebodyStandsBy() throws Exception {
    try (CrossingWorld world = CrossingWorld.with();
        RoleHome home = RoleHome.of(world, directory.resolve("one"))) {
      WaveEnd end =
          new WaveEnd(ConfigFile.read(home.directory().resolve("veer.yaml"), Map.of()), world.wave);
      KafkaEndpoint kafka = new KafkaEndpoint(world.servers().bootstrap(), Map.of());
      List<Leg> touched = new ArrayList<>();
      for (Role role : List.of(Role.CAPTURE, Role.REPLICATE, Role.VERIFY)) {
        List<String> names = List.of(RoleName.of(world.wave, role));
        try (PostgresLease waiting =
            PostgresLease.open(role.captures() ? world.source() : world.target(), names)) {
          waiting.await();

          assertThatThrownBy(end::requireEnded).hasMessageContaining("veer " + role.word());
          assertThatThrownBy(() -> end.run(kafka, true, touched::add))
              .isInstanceOf(Failure.class)
              .hasMessageContaining("stands by");
        }
      }
      assertThat(touched).isEmpty();
    }
  }

  private static void within(String role, BooleanSupplier done, RoleProcess... alive) {
    long begin = System.nanoTime();
    Duration bound = TAKEOVER.multipliedBy(busy());
    while (!done.getAsBoolean()) {
      Duration since = Duration.ofNanos(System.nanoTime() - begin);
      for (RoleProcess one : alive) {
        assertThat(one.isAlive()).as(one.output()).isTrue();
      }
      assertThat(since)
          .as("veer %s is taken over%n%s", role, Stream.of(alive).map(RoleProcess::output).toList())
          .isLessThan(bound);
      LOOK.await(Duration.ofMillis(50));
    }
    System.out.printf(
        "MEASURED take-over of veer %s: %d ms of at most %d s%n",
        role, Duration.ofNanos(System.nanoTime() - begin).toMillis(), bound.toSeconds());
  }

  /** How many share a core now. */
  private static long busy() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    return Math.max(1, Math.round(system.getSystemLoadAverage() / system.getAvailableProcessors()));
  }

  private static boolean applied(Shore shore, LsnPosition behind) {
    return shore.applied().filter(place -> place.isAfter(behind)).isPresent();
  }

  private static Optional<Position> balanced(CrossingWorld world) {
    try (Connection target = world.target()) {
      return LedgerStore.view(target, world.wave)
          .map(LedgerView::checkpoint)
          .map(LedgerCheckpoint::balanced)
          .map(Balanced::position);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static int findings(CrossingWorld world) throws SQLException {
    try (Connection target = world.target()) {
      return FindingRecords.read(target, world.wave, null, 10).size();
    }
  }

  private static String epoch(CrossingWorld world) {
    try {
      return world.targetText("SELECT epoch FROM veer.stamp");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static String status(RoleHome home) throws InterruptedException {
    CommandProcess status = home.command("status");
    status.awaitExit();
    return status.output();
  }

  private static String ready(int port) throws Exception {
    URI page = URI.create("http://127.0.0.1:%d/health/ready".formatted(port));
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  /** Free a moment ago, which is as much as can be known. */
  private static List<Integer> freePorts() throws Exception {
    try (ServerSocket a = new ServerSocket(0);
        ServerSocket b = new ServerSocket(0);
        ServerSocket c = new ServerSocket(0)) {
      return List.of(a.getLocalPort(), b.getLocalPort(), c.getLocalPort());
    }
  }
}
