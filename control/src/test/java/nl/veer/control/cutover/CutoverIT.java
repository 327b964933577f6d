package nl.veer.control.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import nl.veer.control.config.CutoverConfig;
import nl.veer.control.config.FenceStrategy;
import nl.veer.control.crossing.Alone;
import nl.veer.control.crossing.CrossingWorld;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way over, and back, under the shop. */
@Alone
class CutoverIT {
  private static final int ROUND_TRIPS = 3;

  @TempDir private Path data;

  @Test
  void threeRoundTripsUnderALiveShopLoseNothingAndDoubleNothing() throws SQLException {
    CrossingWorld crossing = CrossingWorld.with();
    MovingShop.make(crossing, 5_000);
    Path address = data.resolve("address");
    CutoverConfig how = moving(MovingShop.address(crossing, address).program());
    try (CutoverWorld world = CutoverWorld.begin(crossing, data);
        MovingShop shop = MovingShop.open(crossing, address, 150)) {
      for (int leg = 0; leg < 2 * ROUND_TRIPS; leg++) {
        Attempt attempt = world.cutOver(how);

        assertThat(attempt.state())
            .as("leg %d: %s", leg, attempt)
            .isEqualTo(new CutoverState.Opened());
        assertThat(attempt.isFinished()).isTrue();
        assertThat(attempt.leg()).isEqualTo(leg);
        assertThat(attempt.facts().verdict()).isEqualTo("EQUAL");
        assertThat(attempt.facts().measuredBy()).isEqualTo(AttemptFacts.WRITER);
        boolean onTarget = leg % 2 == 0;
        assertThat(world.isSourceWritable("shop.orders")).isEqualTo(!onTarget);
        assertThat(world.isTargetWritable("shop.orders")).isEqualTo(onTarget);
        assertThat(world.leg().number()).isEqualTo(leg + 1);
        shop.awaitMore(100);
      }
      shop.stop();
      world.awaitEqual();
      shop.assertAcknowledgedIsOnBothSides();
    }
  }

  @Test
  void aBudgetThatRunsOutLeavesEverythingAsItWas() throws SQLException {
    CrossingWorld crossing = CrossingWorld.with("CREATE TABLE item (id int PRIMARY KEY, v text)");
    crossing.onSource("INSERT INTO item VALUES (1, 'one')");
    try (CutoverWorld world = CutoverWorld.begin(crossing, data)) {
      String before = world.surroundings();
      CutoverProgress silencing =
          new CutoverProgress() {
            @Override
            public void begun(CutoverState state) {
              if (state.equals(new CutoverState.Proven())) {
                world.endRoles();
              }
            }
          };

      Attempt attempt;
      try (Cutover cutover = world.cutover(CutoverWorld.plain(), silencing)) {
        attempt = cutover.run(AttemptKind.CUTOVER, Duration.ofSeconds(20));
      }

      assertThat(attempt.state()).as("%s", attempt).isEqualTo(new CutoverState.Aborted());
      assertThat(attempt.failureCode()).isEqualTo("LEG_SILENT");
      assertThat(world.surroundings()).isEqualTo(before);
      assertThat(world.leg().number()).isZero();
      world.startRoles();
      crossing.onSource("UPDATE item SET v = 'on' WHERE id = 1");
      world.awaitEqual();
    }
  }

  private static CutoverConfig moving(String program) {
    return CutoverWorld.with(FenceStrategy.TRIGGER, null, null, program, Duration.ofSeconds(5));
  }
}
