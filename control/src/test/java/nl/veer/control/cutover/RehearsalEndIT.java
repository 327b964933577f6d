package nl.veer.control.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.config.CutoverConfig;
import nl.veer.control.config.FenceStrategy;
import nl.veer.control.crossing.Alone;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.sandbox.postgres.SandboxPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever ends a rehearsal, it ends with the source writable and as it was. */
@Alone
class RehearsalEndIT {
  private static SandboxPostgres server;

  @TempDir private Path data;

  @BeforeAll
  static void start() {
    server = SandboxPostgres.startTemporary();
  }

  @AfterAll
  static void end() {
    server.close();
  }

  private StillWorld world() throws SQLException {
    return StillWorld.on(server, data);
  }

  @Test
  void aTransactionThatStaysOpenEndsItAndTheSourceIsWritable() throws SQLException {
    try (StillWorld world = world();
        Connection client = world.source()) {
      String before = world.surroundings();
      client.setAutoCommit(false);
      CrossingWorld.execute(client, "UPDATE item SET v = 'open' WHERE id = 1");

      Attempt attempt = world.rehearse(impatient(FenceStrategy.TRIGGER), StillWorld.BUDGET);

      world.assertAborted(attempt, before, "FENCE_LOCKED");
      client.commit();
    }
  }

  @Test
  void aPreparedTransactionEndsIt() throws SQLException {
    try (StillWorld world = world()) {
      String before = world.surroundings();
      String gid = "left behind";
      try (Connection client = world.source()) {
        client.setAutoCommit(false);
        CrossingWorld.execute(
            client,
            "UPDATE item SET v = 'prepared' WHERE id = 1",
            "PREPARE TRANSACTION '" + gid + "'");
      }

      Attempt attempt = world.rehearse(revoking(Duration.ofMillis(300)), StillWorld.BUDGET);

      assertThat(attempt.failure()).contains(gid);
      world.assertAborted(attempt, before, "WRITERS_OPEN");
      world.onSource("COMMIT PREPARED '" + gid + "'");
    }
  }

  @Test
  void aBudgetThatRunsOutEndsIt() throws SQLException {
    try (StillWorld world = world()) {
      String before = world.surroundings();
      world.stall();

      Attempt attempt = world.rehearse(CutoverWorld.plain(), Duration.ofSeconds(1));

      world.assertAborted(attempt, before, "OUTAGE_BUDGET");
      assertThat(attempt.facts().outageMillis()).isBetween(900L, 5_000L);
    }
  }

  @Test
  void whatIsNotProvenEqualEndsIt() throws SQLException {
    try (StillWorld world = world()) {
      String before = world.surroundings();
      world.onTarget("UPDATE item SET v = 'foreign' WHERE id = 7");

      Attempt attempt = world.rehearse(CutoverWorld.plain(), StillWorld.BUDGET);

      assertThat(attempt.failure()).contains("public.item DIFFERENT, 1 rows differ");
      assertThat(attempt.facts().verdict()).isEqualTo("DIFFERENT");
      world.assertAborted(attempt, before, "NOT_EQUAL");
    }
  }

  @Test
  void whoIsAskedToStopStops() throws SQLException {
    try (StillWorld world = world()) {
      String before = world.surroundings();
      world.stall();
      StopSignal stop = new StopSignal();
      CutoverProgress atTheDrain =
          new CutoverProgress() {
            @Override
            public void begun(CutoverState state) {
              if (state.equals(new CutoverState.Drained())) {
                stop.raise();
              }
            }
          };

      Attempt attempt =
          world.rehearse(CutoverWorld.plain(), Duration.ofSeconds(3), atTheDrain, stop);

      world.assertAborted(attempt, before, "CUTOVER_STOPPED");
    }
  }

  @Test
  void anErrorOfTheJvmEndsItToo() throws SQLException {
    try (StillWorld world = world()) {
      String before = world.surroundings();
      CutoverProgress broken =
          new CutoverProgress() {
            @Override
            public void begun(CutoverState state) {
              if (state.equals(new CutoverState.Drained())) {
                throw new NoClassDefFoundError("gone");
              }
            }
          };

      Attempt attempt =
          world.rehearse(CutoverWorld.plain(), StillWorld.BUDGET, broken, new StopSignal());

      world.assertAborted(attempt, before, "UNEXPECTED");
    }
  }

  @Test
  void eachStateIsInTheAuditLog() throws SQLException {
    try (StillWorld world = world()) {
      Attempt attempt = world.rehearse(CutoverWorld.plain(), StillWorld.BUDGET);

      assertThat(attempt.facts().verdict()).isEqualTo("EQUAL");
      assertThat(attempt.facts().rows()).isEqualTo(500);
      assertThat(attempt.facts().measuredBy()).isEqualTo(AttemptFacts.WRITER);
      assertThat(world.audit().lines().map(line -> line.substring(line.indexOf('|') + 1)))
          .containsExactly(
              "PREPARED", "FENCED", "DRAINED", "PROVEN", "REHEARSED", "REHEARSED, finished");
    }
  }

  @Test
  void theUsersProgramsRunAndAFailureOfOneEndsIt() throws Exception {
    try (StillWorld world = world()) {
      Path said = data.resolve("said");
      CutoverConfig programs =
          CutoverWorld.with(
              FenceStrategy.COMMAND,
              "echo stop $VEER_SIDE >> '" + said + "'",
              "echo start $VEER_SIDE >> '" + said + "'",
              null,
              Duration.ofSeconds(1));

      Attempt attempt = world.rehearse(programs, StillWorld.BUDGET);

      assertThat(attempt.state()).as("%s", attempt).isEqualTo(new CutoverState.Rehearsed());
      assertThat(attempt.facts().measuredBy()).isEqualTo(AttemptFacts.VEER);
      assertThat(Files.readAllLines(said)).containsExactly("stop source", "start source");

      CutoverConfig failing =
          CutoverWorld.with(
              FenceStrategy.TRIGGER,
              "exit 3",
              "echo start again >> '" + said + "'",
              null,
              Duration.ofSeconds(1));
      String before = world.surroundings();
      world.assertAborted(world.rehearse(failing, StillWorld.BUDGET), before, "COMMAND_FAILED");
      assertThat(Files.readAllLines(said)).last().isEqualTo("start again");
    }
  }

  @Test
  void aFenceThatIsLeftStandingIsLoweredByItsPlanAlone() throws SQLException {
    try (StillWorld world = world();
        Connection home = world.target()) {
      String before = world.surroundings();
      Death.in(
          progress -> world.cutover(CutoverWorld.plain(), progress, new StopSignal()),
          new CutoverState.Proven(),
          Moment.BEHIND,
          AttemptKind.REHEARSAL);
      assertThat(FenceRemoval.standing(home, world.wave)).containsOnlyKeys(FenceSide.SOURCE);

      FenceRemoval.lower(world.config(CutoverWorld.plain()), world.wave);

      assertThat(FenceRemoval.standing(home, world.wave)).isEmpty();
      assertThat(world.isSourceWritable()).isTrue();
      assertThat(world.surroundings()).isEqualTo(before);
    }
  }

  @Test
  void twoNeverDriveAtOnce() throws Exception {
    try (StillWorld world = world()) {
      String before = world.surroundings();
      CountDownLatch there = new CountDownLatch(1);
      CountDownLatch go = new CountDownLatch(1);
      CutoverProgress held =
          new CutoverProgress() {
            @Override
            public void begun(CutoverState state) {
              if (state.equals(new CutoverState.Proven())) {
                there.countDown();
                await(go);
              }
            }
          };
      AtomicReference<Throwable> end = new AtomicReference<>();
      Thread first =
          new Thread(
              () -> {
                try {
                  world.rehearse(CutoverWorld.plain(), StillWorld.BUDGET, held, new StopSignal());
                } catch (Failure failure) {
                  end.set(failure);
                }
              });
      first.start();
      await(there);
      assertThat(world.isSourceWritable()).isFalse();

      assertThatThrownBy(() -> world.rehearse(CutoverWorld.plain(), StillWorld.BUDGET))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.code()).isEqualTo("CUTOVER_STANDS"));
      Attempt aborted = world.abort(CutoverWorld.plain()).orElseThrow();
      world.assertAborted(aborted, before, "CUTOVER_ABORTED");
      go.countDown();
      first.join();

      assertThat(end.get())
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> assertThat(failure.code()).isIn("CUTOVER_TAKEN", "CONNECTION_LOST"));
      assertThat(world.surroundings()).isEqualTo(before);
      assertThat(world.attempts()).singleElement().isEqualTo(aborted);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(CrossingWorld.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static CutoverConfig impatient(FenceStrategy fence) {
    return CutoverWorld.with(fence, null, null, null, Duration.ofMillis(500));
  }

  /** Whom it fences are not superusers; what is open is waited for behind it. */
  private static CutoverConfig revoking(Duration writersWait) {
    return CutoverWorld.with(FenceStrategy.REVOKE, null, null, null, writersWait);
  }
}
