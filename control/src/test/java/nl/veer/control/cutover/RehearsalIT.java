package nl.veer.control.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import nl.veer.control.config.CutoverConfig;
import nl.veer.control.config.FenceStrategy;
import nl.veer.control.crossing.Alone;
import nl.veer.control.crossing.CrossingWorld;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything up to the proof, and back. */
@Alone
class RehearsalIT {
  private static final String TABLE = "CREATE TABLE item (id int PRIMARY KEY, v text)";

  @TempDir private Path data;

  private CutoverWorld world() throws SQLException {
    CrossingWorld world = CrossingWorld.with(TABLE);
    world.onSource("INSERT INTO item SELECT i, 'v' || i FROM generate_series(1, 500) i");
    return CutoverWorld.begin(world, data);
  }

  @Test
  void underALiveShopNothingIsLostAndTheOutageIsAWritersOwn() throws SQLException {
    CrossingWorld crossing = CrossingWorld.with();
    MovingShop.make(crossing, 20_000);
    try (CutoverWorld world = CutoverWorld.begin(crossing, data);
        MovingShop shop = MovingShop.open(crossing, data.resolve("address"), 200)) {
      String before = world.surroundings();
      List<Long> outages = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Attempt attempt = world.rehearse(CutoverWorld.plain(), CutoverWorld.BUDGET);

        assertThat(attempt.state()).as("%s", attempt).isEqualTo(new CutoverState.Rehearsed());
        assertThat(attempt.isFinished()).isTrue();
        assertThat(attempt.steps())
            .containsOnlyKeys("PREPARED", "FENCED", "DRAINED", "PROVEN", "REHEARSED");
        assertThat(attempt.facts().verdict()).isEqualTo("EQUAL");
        assertThat(attempt.facts().measuredBy()).isEqualTo(AttemptFacts.WRITER);
        assertThat(attempt.facts().applied()).isGreaterThan(attempt.facts().marker());
        outages.add(attempt.facts().outageMillis());
        shop.awaitMore(100);
      }
      assertThat(outages).allSatisfy(outage -> assertThat(outage).isBetween(1L, 60_000L));
      assertThat(shop.refusals()).isPositive();
      assertThat(world.surroundings()).isEqualTo(before);
      shop.stop();
      world.awaitEqual();
      shop.assertAcknowledgedIsOnBothSides();
    }
  }

  @Test
  void aTransactionThatCommitsBehindTheFenceIsBeforeTheMarker() throws Exception {
    try (CutoverWorld world = world();
        Connection client = clerk(world.world)) {
      client.setAutoCommit(false);
      CrossingWorld.execute(client, "UPDATE item SET v = 'late' WHERE id = 1");
      AtomicReference<Attempt> attempt = new AtomicReference<>();
      CutoverConfig how = revoking(Duration.ofSeconds(30));
      Thread rehearsal = new Thread(() -> attempt.set(world.rehearse(how, CutoverWorld.BUDGET)));
      rehearsal.start();
      CrossingWorld.await("the fence", () -> !world.attempts().isEmpty() && fenced(world));
      client.commit();
      rehearsal.join();

      assertThat(Objects.requireNonNull(attempt.get()).state())
          .as("%s", attempt.get())
          .isEqualTo(new CutoverState.Rehearsed());
      assertThat(world.world.targetText("SELECT v FROM item WHERE id = 1")).isEqualTo("late");
    }
  }

  /** A client whom the fence can stop. */
  private static Connection clerk(CrossingWorld world) throws SQLException {
    String role = world.database() + "_clerk";
    world.onSource(
        "CREATE ROLE " + role + " LOGIN PASSWORD 'clerk'",
        "GRANT SELECT, UPDATE ON item TO " + role);
    return DriverManager.getConnection(world.sourceEndpoint().url(), role, "clerk");
  }

  private static boolean fenced(CutoverWorld world) {
    return world.attempts().get(0).facts().fencedAt() != null;
  }

  /** Whom it fences are not superusers; what is open is waited for behind it. */
  private static CutoverConfig revoking(Duration writersWait) {
    return CutoverWorld.with(FenceStrategy.REVOKE, null, null, null, writersWait);
  }
}
