package nl.veer.control.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import nl.veer.control.crossing.Alone;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.LiveShop;
import nl.veer.control.crossing.RoleHome;
import nl.veer.control.crossing.Shore;
import nl.veer.verifier.ledger.LedgerCheckpoint;
import nl.veer.verifier.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A wave under full load with hot rows, its ledger and scans without end, while replicator and
 * verifier are killed and started again: nothing is found that is not there. With {@code -Dsoak}
 * for half an hour; {@code -Dveer.seed} repeats what the clients do and when is killed.
 */
@Alone
class NoFalseAlarmIT {
  private static final boolean SOAK = System.getProperty("soak") != null;
  private static final Duration LENGTH = SOAK ? Duration.ofMinutes(30) : Duration.ofSeconds(8);
  private static final double RATE = SOAK ? 300 : 150;

  /** In commits of the shop. */
  private static final int LONGEST_CALM = 400;

  @TempDir private Path directory;

  @Test
  void nothingIsFoundWhereNothingIsWrong() throws Exception {
    long seed = Long.getLong("veer.seed", System.nanoTime());
    System.out.println("No false alarm: -Dveer.seed=" + seed);
    Random dice = new Random(seed);
    try (CrossingWorld world = CrossingWorld.with(HotRows.TABLES);
        LiveShop shop = LiveShop.open(world, 300, RATE);
        HotRows hot = HotRows.start(world, seed);
        RoleHome home = RoleHome.of(world, directory, Verified.CONFIGURED)) {
      Verified roles = new Verified(world, home);
      Shore shore = new Shore(world);
      shore.awaitLoaded(roles.all());
      world.onTarget(HotRows.REFERRED_TO);
      shore.awaitBatch(roles.all());
      int kills = 0;
      int scans;
      LedgerCheckpoint balanced;
      try (ScanLoop loop = ScanLoop.start(world)) {
        long end = System.nanoTime() + LENGTH.toNanos();
        while (System.nanoTime() < end || kills < 2) {
          shop.awaitMore(100 + dice.nextInt(LONGEST_CALM));
          if (kills % 2 == 0) {
            roles.killVerifier();
          } else {
            roles.killReplicator();
          }
          kills++;
          shore.awaitBatch(roles.all());
        }
        hot.stop();
        shop.stop();
        roles.awaitBalanced();
        scans = loop.endWithoutADifference();
        balanced = roles.checkpoint().orElseThrow();

        assertThat(roles.findings()).isEmpty();
        world.onTarget("DROP TABLE veer.beside");
        world.assertEqual();
        shop.assertAcknowledgedIsThere();
        assertThat(loop.last().verdict()).isEqualTo(Verdict.equal());
      }
      assertThat(balanced.counts().findings()).isZero();
      assertThat(balanced.counts().unbalanced()).as("rows that nobody has weighed").isZero();
      assertThat(scans).isPositive();
      System.out.printf(
          "MEASURED no false alarm: %d kills, %d scans, %d transactions of hot rows; %s%n",
          kills, scans, hot.committed(), balanced.counts());
    }
  }
}
