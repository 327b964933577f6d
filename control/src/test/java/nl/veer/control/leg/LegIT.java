package nl.veer.control.leg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import nl.veer.connectors.capture.CaptureStatus;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.crossing.AtOnce;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.metrics.Scrape;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.MigrationRun;
import nl.veer.control.wave.Role;
import nl.veer.replicator.Replicator;
import nl.veer.replicator.ReplicatorConfig;
import nl.veer.replicator.stamp.WaveRecords;
import nl.veer.sandbox.workload.ShopFill;
import nl.veer.sandbox.workload.ShopSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wave goes over to its next leg, comes back, is turned back, and is killed on the way. */
class LegIT {
  private static final String[] TABLES = {
    "CREATE TABLE orders (id int PRIMARY KEY, note text)", "CREATE TABLE trail (note text)"
  };

  private static final String[] ROWS = {
    "ALTER TABLE trail REPLICA IDENTITY FULL",
    "INSERT INTO orders SELECT i, 'o' || i FROM generate_series(1, 100) i",
    "INSERT INTO trail VALUES ('a'), ('a')"
  };

  @TempDir private Path data;

  @Test
  @AtOnce
  void aShopGoesOverAndComesBackAndEveryLegBalancesAndIsEqual() throws Exception {
    try (CrossingWorld world = CrossingWorld.with()) {
      try (Connection source = world.source();
          Connection target = world.target()) {
        ShopSchema.create(source);
        ShopSchema.create(target);
        ShopFill.ofRows(1602, 2_000).fill(source);
      }
      try (LegCrossing crossing = LegCrossing.begin(world, data)) {
        crossing.trade(crossing.leg(), 200);
        for (int number = 1; number <= 3; number++) {
          Leg leg = crossing.goOver();
          assertThat(leg.number()).isEqualTo(number);
          crossing.trade(leg, 200);
          crossing.awaitFollowing();
          crossing.awaitBalanced(leg);
          world.assertEqual();
          assertThat(LegCrossing.findings(leg)).isEmpty();
          crossing.awaitVerdict(leg, "EQUAL");
        }
        assertThat(LegCrossing.findings(crossing.legs.leg(world.wave, 0))).isEmpty();
        assertThat(LegCrossing.findings(crossing.legs.leg(world.wave, 1))).isEmpty();
        assertThat(LegCrossing.findings(crossing.legs.leg(world.wave, 2))).isEmpty();
        String three = "veer_it__3" + world.wave.wave();
        assertThat(crossing.slots()).containsExactlyInAnyOrder(three, three + "__echo");
      }
    }
  }

  /** A row that came back would have another version. */
  @Test
  @AtOnce
  void nothingOfWhatIsAppliedComesBack() throws Exception {
    try (CrossingWorld world = world();
        LegCrossing crossing = LegCrossing.begin(world, data)) {
      Leg leg = crossing.goOver();
      world.onTarget("UPDATE orders SET note = 'there' WHERE id <= 10");
      String versions = "SELECT ctid, xmin, * FROM orders ORDER BY id";
      String written = world.targetText(versions);
      String stamp = "SELECT transaction_number FROM veer.stamp WHERE wave = '%s'";
      String before = world.targetText(stamp.formatted(world.wave.wave()));
      crossing.awaitFollowing();
      crossing.awaitBalanced(leg);
      world.assertEqual();

      assertThat(world.targetText(versions)).isEqualTo(written);
      assertThat(world.targetText(stamp.formatted(world.wave.wave()))).isEqualTo(before);

      String applied = world.sourceText(versions);
      Leg back = crossing.goOver();
      world.onSource("UPDATE trail SET note = 'back'");
      crossing.awaitFollowing();
      crossing.awaitBalanced(back);
      world.assertEqual();

      assertThat(world.sourceText(versions)).isEqualTo(applied);
      assertThat(world.targetText(versions)).isEqualTo(written);
    }
  }

  @Test
  @AtOnce
  void metricsAndHealthFollowTheWaveToItsNextLeg() throws Exception {
    try (CrossingWorld world = world();
        LegCrossing crossing = LegCrossing.begin(world, data);
        WatchedRun watched = crossing.watched()) {
      world.onSource("UPDATE orders SET note = 'seen' WHERE id <= 10");
      crossing.awaitVerdict(crossing.leg(), "EQUAL");
      CrossingWorld.await(
          "EQUAL in a scrape",
          () -> watched.scrape().values("veer_verdict").contains(1.0) && isEqual(watched));
      assertPlausible(watched.scrape());
      assertThat(watched.health.live().reasons()).isEmpty();
      assertThat(watched.health.ready().reasons()).isEmpty();

      crossing.goOver();
      crossing.awaitFollowing();

      CrossingWorld.await(
          "a scrape of leg 1",
          () -> watched.scrape().lines("veer_lag_seconds").stream().anyMatch(LegIT::isOfLegOne));
      Scrape next = watched.scrape();
      assertThat(next.text()).doesNotContain("leg=\"0\"");
      assertThat(next.value("veer_lag_seconds")).isBetween(0.0, 60.0);
      assertThat(watched.health.live().reasons()).isEmpty();
    }
  }

  private static boolean isOfLegOne(String line) {
    return line.contains("leg=\"1\"");
  }

  private static boolean isEqual(WatchedRun watched) {
    return watched.scrape().value("veer_verdict", "verdict", "EQUAL") == 1;
  }

  /** Of a wave that stands still but for its heartbeats, ten changes and what Veer writes. */
  private static void assertPlausible(Scrape scrape) {
    assertThat(scrape.value("veer_wave_state", "state", "REPLICATING")).isEqualTo(1);
    assertThat(scrape.value("veer_lag_seconds")).isBetween(0.0, 60.0);
    assertThat(scrape.value("veer_lag_bytes")).isBetween(0.0, 1e9);
    assertThat(scrape.value("veer_apply_changes_total")).isBetween(10.0, 1e5);
    assertThat(scrape.value("veer_apply_batches_total")).isPositive();
    assertThat(scrape.value("veer_apply_batch_seconds_total")).isBetween(1e-6, 240.0);
    assertThat(scrape.value("veer_capture_changes_total")).isBetween(10.0, 1e5);
    assertThat(scrape.value("veer_ledger_transaction")).isPositive();
    assertThat(scrape.value("veer_load_rows")).isEqualTo(102);
    assertThat(scrape.value("veer_scan_coverage_ratio")).isEqualTo(1);
    assertThat(scrape.value("veer_scan_rows_total")).isPositive();
    assertThat(scrape.value("veer_differences")).isZero();
    assertThat(scrape.values("veer_table_differences")).hasSize(2).containsOnly(0.0);
    assertThat(scrape.values("veer_slot_active")).containsExactly(1.0, 1.0);
    assertThat(scrape.values("veer_slot_retained_bytes")).hasSize(2).allMatch(kept -> kept > 0);
    assertThat(scrape.values("veer_slot_safe_bytes")).as("the servers set no bound").isEmpty();
    assertThat(scrape.values("veer_slot_loss_seconds")).isEmpty();
    assertThat(scrape.values("veer_role_up")).hasSize(6).containsOnly(1.0);
    assertThat(scrape.value("veer_cutover_running")).isZero();
    assertThat(scrape.values("veer_alerts_firing")).containsOnly(0.0);
  }

  @Test
  @AtOnce
  void aReplicatorOfARetiredLegWritesNothing() throws Exception {
    try (CrossingWorld world = world();
        LegCrossing crossing = LegCrossing.begin(world, data)) {
      Leg first = crossing.leg();
      crossing.goOver();
      String stamp = "SELECT * FROM veer.stamp WHERE wave = '" + world.wave.wave() + "'";
      String before = world.targetText(stamp);

      Replicator again =
          new Replicator(
              new ReplicatorConfig(
                  first.wave(), first.tables(), 1, true, 1_000, 1 << 20, Duration.ofMillis(100)),
              first.from(),
              first.to(),
              () -> crossing.log().reader(first.wave()),
              () -> {});

      assertThatThrownBy(again::run)
          .isInstanceOfSatisfying(
              Failure.class, refused -> assertThat(refused.code()).isEqualTo("LEG_RETIRED"));
      assertThat(world.targetText(stamp)).isEqualTo(before);
      world.assertEqual();
    }
  }

  @Test
  @AtOnce
  void aLegThatIsTurnedBackLeavesNothing() throws Exception {
    try (CrossingWorld world = world();
        LegCrossing crossing = LegCrossing.begin(world, data)) {
      Leg leg = crossing.leg();
      List<String> slots = crossing.slots();
      Leg next = crossing.legs.prepare(leg);
      assertThat(crossing.slots()).hasSize(slots.size() + 2);

      crossing.legs.remove(next);

      assertThat(crossing.slots()).isEqualTo(slots);
      world.onSource("INSERT INTO orders VALUES (200, 'on')");
      crossing.awaitFollowing();
      world.assertEqual();
      crossing.awaitBalanced(leg);
      assertThat(LegCrossing.findings(leg)).isEmpty();
    }
  }

  @Test
  @AtOnce
  void aLegThatIsTurnedBackAtTheLastMomentLeavesNothingAndTheWaveGoesOverLater() throws Exception {
    try (CrossingWorld world = world();
        LegCrossing crossing = LegCrossing.begin(world, data)) {
      Leg leg = crossing.leg();
      List<String> slots = crossing.slots();
      Leg next = crossing.legs.prepare(leg);
      crossing.legs.retire(leg);
      crossing.legs.adopt(next, Map.of(), CrossingWorld.PATIENCE);
      crossing.legs.activate(next);
      crossing.legs.awaitRoundTrip(next, CrossingWorld.PATIENCE);

      crossing.legs.remove(next);
      crossing.legs.unretire(leg);

      assertThat(crossing.slots()).isEqualTo(slots);
      assertThat(world.sourceText("SELECT to_regnamespace('veer') IS NULL")).isEqualTo("t");
      world.onSource("INSERT INTO orders VALUES (200, 'on')");
      crossing.awaitFollowing();
      world.assertEqual();
      crossing.awaitBalanced(leg);
      assertThat(LegCrossing.findings(leg)).isEmpty();

      Leg again = crossing.goOver();
      world.onTarget("INSERT INTO orders VALUES (300, 'there')");
      crossing.awaitFollowing();
      crossing.awaitBalanced(again);
      world.assertEqual();
      assertThat(LegCrossing.findings(again)).isEmpty();
    }
  }

  /** Roles that end between two steps, and each step twice: as after a kill. */
  @Test
  @AtOnce
  void theRolesMayEndBetweenAnyTwoSteps() throws Exception {
    try (CrossingWorld world = world();
        LegCrossing crossing = LegCrossing.begin(world, data)) {
      Leg leg = crossing.leg();
      restart(crossing);
      crossing.legs.prepare(leg);
      Leg next = crossing.legs.prepare(leg);
      restart(crossing);
      crossing.legs.retire(leg);
      crossing.legs.retire(leg);
      restart(crossing);
      assertThat(crossing.legs.adopt(next, Map.of(), CrossingWorld.PATIENCE))
          .isEqualTo(crossing.legs.adopt(next, Map.of(), CrossingWorld.PATIENCE));
      restart(crossing);
      crossing.legs.activate(next);
      crossing.legs.activate(next);
      restart(crossing);
      crossing.legs.awaitRoundTrip(next, CrossingWorld.PATIENCE);
      world.onTarget("DELETE FROM orders WHERE id < 50", "INSERT INTO trail VALUES ('b')");
      restart(crossing);
      crossing.legs.cleanUp(leg);
      crossing.legs.cleanUp(leg);
      restart(crossing);

      crossing.awaitFollowing();
      crossing.awaitBalanced(next);
      world.assertEqual();
      assertThat(LegCrossing.findings(next)).isEmpty();
      crossing.awaitVerdict(next, "EQUAL");
    }
  }

  @Test
  @AtOnce
  void rolesInProcessesOfTheirOwnGoOverToo() throws Exception {
    try (CrossingWorld world = world();
        LegCrossing crossing =
            LegCrossing.begin(world, data, Role.CAPTURE, Role.REPLICATE, Role.VERIFY)) {
      for (int number = 1; number <= 2; number++) {
        Leg leg = crossing.goOver();
        try (Connection from = leg.from().open("test")) {
          CrossingWorld.execute(from, "UPDATE orders SET note = note || '!'");
        }
        crossing.awaitFollowing();
        crossing.awaitBalanced(leg);
        world.assertEqual();
        assertThat(LegCrossing.findings(leg)).isEmpty();
      }
    }
  }

  @Test
  @AtOnce
  void stepsOutOfTheirOrderAreRefused() throws Exception {
    try (CrossingWorld world = world();
        LegCrossing crossing = LegCrossing.begin(world, data)) {
      Leg leg = crossing.leg();
      Leg next = crossing.legs.prepare(leg);

      for (Runnable step :
          List.<Runnable>of(
              () -> crossing.legs.adopt(next, Map.of(), CrossingWorld.PATIENCE),
              () -> crossing.legs.activate(next),
              () -> crossing.legs.cleanUp(leg))) {
        assertThatThrownBy(step::run)
            .isInstanceOfSatisfying(
                Failure.class, refused -> assertThat(refused.code()).isEqualTo("LEG_STATE"));
      }
      assertThat(new WaveRecords(new PostgresTarget(), next.to()).stamp(next.wave())).isEmpty();
    }
  }

  /** What the echo has from before a leg is the leg before's business; what comes later is not. */
  @Test
  @AtOnce
  void aWriterBesideALaterLegIsFound() throws Exception {
    try (CrossingWorld world = world();
        LegCrossing crossing = LegCrossing.begin(world, data)) {
      Leg leg = crossing.leg();
      Leg next = crossing.legs.prepare(leg);
      world.onSource("UPDATE orders SET note = 'before the leg'");
      crossing.awaitFollowing();
      crossing.legs.retire(leg);
      crossing.legs.adopt(next, Map.of(), CrossingWorld.PATIENCE);
      crossing.legs.activate(next);
      crossing.awaitBalanced(next);
      assertThat(LegCrossing.findings(next)).isEmpty();

      world.onSource("UPDATE orders SET note = 'foreign' WHERE id = 7");
      world.onTarget("UPDATE orders SET note = 'behind' WHERE id = 8");
      crossing.awaitBalanced(next);

      assertThat(LegCrossing.findings(next))
          .singleElement()
          .satisfies(finding -> assertThat(finding.code()).isEqualTo("FOREIGN_WRITER"));
    }
  }

  /** The source keeps its WAL for a capture that does not run. */
  @Test
  @AtOnce
  void aCaptureStartsWhileTheTargetIsAwayUnlessTheWaveHasMoved() throws Exception {
    try (CrossingWorld world = world();
        LegCrossing crossing = LegCrossing.begin(world, data)) {
      Migration there = crossing.migration;
      Migration away =
          new Migration(
              there.source(),
              new TargetConnections(
                  new DatabaseEndpoint(
                      "jdbc:postgresql://127.0.0.1:1/none", "none", new Secret(""), Map.of())),
              there.waves(),
              there.tuning(),
              there.verification(),
              data);
      crossing.end();
      try (MigrationRun run = MigrationRun.start(away, crossing.log(), Role.CAPTURE, false)) {
        CrossingWorld.await("the capture", () -> isStreaming(run));
      }

      crossing.start(Role.RUN);
      crossing.goOver();
      crossing.end();
      try (MigrationRun run = MigrationRun.start(away, crossing.log(), Role.CAPTURE, false)) {
        assertThat(run.waves()).isEmpty();
      }
    }
  }

  private static boolean isStreaming(MigrationRun run) {
    CaptureStatus status = run.waves().get(0).captureStatus();
    return status != null && status.state() == CaptureStatus.State.STREAMING;
  }

  private static void restart(LegCrossing crossing) {
    crossing.end();
    crossing.start(Role.RUN);
  }

  private static CrossingWorld world() throws SQLException {
    CrossingWorld world = CrossingWorld.with(TABLES);
    world.onSource(ROWS);
    return world;
  }
}
