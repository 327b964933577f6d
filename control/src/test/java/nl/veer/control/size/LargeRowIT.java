package nl.veer.control.size;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.RoleHome;
import nl.veer.control.crossing.RoleProcess;
import nl.veer.control.crossing.Shore;
import nl.veer.control.wave.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** One row of 200 MB goes the whole way, with a heap of which the operator's guide speaks. */
@EnabledIfSystemProperty(
    named = "soak",
    matches = ".*",
    disabledReason = "takes some minutes and 4 GiB of heaps: run it with -Dsoak")
class LargeRowIT {
  private static final int VALUE_BYTES = 200_000_000;
  private static final int MAX_RECORD_BYTES = 256 << 20;
  private static final String CAPTURE_HEAP = System.getProperty("veer.large.capture", "2g");
  private static final String REPLICATOR_HEAP = System.getProperty("veer.large.replicator", "2g");
  private static final String FIRST =
      "INSERT INTO t SELECT 1, 0, string_agg(md5(i::text), '') FROM generate_series(1, %d) i"
          .formatted(VALUE_BYTES / 32);
  private static final String ROWS = "SELECT id, n, length(v), md5(v) FROM t ORDER BY id";

  @TempDir private Path directory;

  @Test
  void aRowOf200MegabytesIsLoadedInsertedUpdatedAndDeleted() throws Exception {
    try (CrossingWorld world =
            CrossingWorld.with(
                "CREATE TABLE t (id int PRIMARY KEY, n int, v text)",
                "ALTER TABLE t ALTER v SET STORAGE EXTERNAL");
        RoleHome home =
            RoleHome.of(world, directory, "tuning: {load-workers: 1}\n", MAX_RECORD_BYTES)) {
      world.onSource(FIRST);
      Shore shore = new Shore(world);
      GaugedRole capture = GaugedRole.start(home, Role.CAPTURE, CAPTURE_HEAP);
      GaugedRole replicator = GaugedRole.start(home, Role.REPLICATE, REPLICATOR_HEAP);
      RoleProcess[] roles = {capture.process(), replicator.process()};
      shore.awaitLoaded(roles);
      assertSame(world, "1|0|" + VALUE_BYTES);
      print("loaded", capture, replicator);

      world.onSource("INSERT INTO t SELECT 2, 0, reverse(v) FROM t");
      shore.awaitApplied(roles);
      assertSame(world, "2|0|" + VALUE_BYTES);
      print("inserted", capture, replicator);

      world.onSource("UPDATE t SET n = n + 1");
      shore.awaitApplied(roles);
      assertSame(world, "2|1|" + VALUE_BYTES);

      world.onSource("UPDATE t SET v = v || 'é', n = n + 1 WHERE id = 1");
      shore.awaitApplied(roles);
      assertSame(world, "1|2|" + (VALUE_BYTES + 1));
      print("updated", capture, replicator);

      world.onSource("DELETE FROM t WHERE id = 2");
      shore.awaitApplied(roles);
      assertSame(world, "1|2|" + (VALUE_BYTES + 1));
      print("deleted", capture, replicator);
    }
  }

  private static void assertSame(CrossingWorld world, String holds) throws Exception {
    String target = world.targetText(ROWS);
    assertThat(target).contains(holds).isEqualTo(world.sourceText(ROWS));
  }

  private static void print(String step, GaugedRole... roles) {
    for (GaugedRole role : roles) {
      System.out.printf("MEASURED a row of 200 MB, %s: %s%n", step, role.peaks());
    }
  }
}
