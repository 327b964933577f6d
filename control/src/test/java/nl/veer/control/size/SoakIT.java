package nl.veer.control.size;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.LiveShop;
import nl.veer.control.crossing.RoleHome;
import nl.veer.control.crossing.RoleProcess;
import nl.veer.control.crossing.Shore;
import nl.veer.control.wave.Role;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shop writes, and the roles' memory stays flat: an hour with {@code -Dsoak} (another time:
 * {@code -Dsoak.minutes=30}), otherwise as long as a build can spare. The live heap is what a full
 * collection leaves.
 */
@EnabledIfSystemProperty(
    named = "soak",
    matches = ".*",
    disabledReason = "memory needs a machine of its own to be measured: run it with -Dsoak")
class SoakIT {
  private static final boolean LONG =
      System.getProperty("soak") != null || System.getProperty("soak.minutes") != null;
  private static final Duration WHOLE =
      LONG ? Duration.ofMinutes(Integer.getInteger("soak.minutes", 60)) : Duration.ofSeconds(40);
  private static final Duration RHYTHM = LONG ? Duration.ofSeconds(10) : Duration.ofSeconds(2);
  private static final double RATE = Integer.getInteger("soak.rate", 300);
  private static final long ROWS = 2_000;

  @TempDir private Path directory;

  @Test
  void memoryStaysFlatWhileTheShopWrites() throws Exception {
    try (CrossingWorld world = CrossingWorld.with();
        LiveShop shop = LiveShop.open(world, ROWS, RATE);
        RoleHome home = RoleHome.of(world, directory)) {
      Shore shore = new Shore(world);
      GaugedRole capture = GaugedRole.start(home, Role.CAPTURE, "256m");
      GaugedRole replicator = GaugedRole.start(home, Role.REPLICATE, "256m");
      RoleProcess[] roles = {capture.process(), replicator.process()};
      shore.awaitLoaded(roles);

      List<FlatMemory> curves = List.of(new FlatMemory("capture"), new FlatMemory("replicate"));
      watch(shore, roles, curves, capture, replicator);

      for (FlatMemory curve : curves) {
        System.out.print(curve.curve());
        System.out.println("MEASURED " + curve.growth());
      }
      System.out.println("MEASURED " + capture.peaks() + "; " + replicator.peaks());
      shop.stop();
      shore.awaitEqual(roles);
      shop.assertAcknowledgedIsThere();
      curves.forEach(FlatMemory::assertFlat);
    }
  }

  private static void watch(
      Shore shore, RoleProcess[] processes, List<FlatMemory> curves, GaugedRole... roles) {
    long begin = System.nanoTime();
    long[] next = {begin};
    Awaitility.await("the end of the watch")
        .atMost(WHOLE.multipliedBy(2).plus(CrossingWorld.PATIENCE))
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              long now = System.nanoTime();
              if (now >= next[0]) {
                next[0] = now + RHYTHM.toNanos();
                shore.await("a look", () -> true, processes);
                for (int i = 0; i < roles.length; i++) {
                  double seconds = (now - begin) / (double) TimeUnit.SECONDS.toNanos(1);
                  curves.get(i).add(seconds, roles[i].liveMiB(), roles[i].residentMiB());
                }
              }
              return now - begin > WHOLE.toNanos();
            });
  }
}
