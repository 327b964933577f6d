package nl.veer.control.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import nl.veer.control.crossing.Alone;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.LiveShop;
import nl.veer.control.crossing.RoleHome;
import nl.veer.control.crossing.Shore;
import nl.veer.control.crossing.TopicAudit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that can end ends at random moments, while the shop writes. What happens when is a
 * function of the seed, which is printed; {@code -Dveer.seed} repeats it. With {@code -Dsoak} there
 * are many more moments.
 */
@Alone
class CrashMatrixIT {
  /** Present, whatever its value. */
  private static final boolean SOAK = System.getProperty("soak") != null;

  private static final int MOMENTS = SOAK ? 200 : Fault.values().length;
  private static final double RATE = SOAK ? 300 : 150;

  /** One moment in so many comes before the last one has been got over. */
  private static final int OVERLAP = 3;

  /** In commits of the shop. */
  private static final int LONGEST_CALM = SOAK ? 500 : 250;

  @TempDir private Path directory;

  @Test
  void nothingIsLostOrDoubledWhateverEndsWhenever() throws Exception {
    long seed = Long.getLong("veer.seed", System.nanoTime());
    System.out.println("Crash matrix: -Dveer.seed=" + seed);
    Random dice = new Random(seed);
    try (OwnServers servers = OwnServers.start();
        CrossingWorld world = CrossingWorld.on(servers.servers());
        LiveShop shop = LiveShop.open(world, 3_000, RATE);
        RoleHome home = RoleHome.of(world, directory)) {
      Shore shore = new Shore(world);
      Roles roles = new Roles(home);
      shore.awaitLoaded(roles.all());

      long begin = System.nanoTime();
      for (Fault fault :
          Fault.deal(MOMENTS, SOAK ? List.of(Fault.values()) : Fault.quick(), dice)) {
        shop.awaitMore(dice.nextInt(LONGEST_CALM));
        say(begin, fault.toString());
        fault.strike(roles, servers);
        if (dice.nextInt(OVERLAP) > 0) {
          shore.awaitBatch(roles.all());
        }
      }
      say(begin, "the last one is got over");
      shore.awaitBatch(roles.all());
      shop.awaitMore(1);
      shop.stop();

      shore.awaitEqual(roles.all());
      shop.assertAcknowledgedIsThere();
      say(begin, "equal");
      TopicAudit audit = TopicAudit.of(world);
      assertThat(audit.transactions()).isGreaterThan(MOMENTS);
      roles.end();
      say(begin, audit.transactions() + " transactions, " + audit.superseded() + " begun anew");
    }
  }

  private static void say(long begin, String what) {
    Duration since = Duration.ofNanos(System.nanoTime() - begin);
    System.out.printf("%6.1f s  %s%n", since.toMillis() / 1000.0, what);
  }
}
