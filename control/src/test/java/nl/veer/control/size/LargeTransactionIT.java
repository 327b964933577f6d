package nl.veer.control.size;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import nl.veer.control.crossing.Alone;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.RoleHome;
import nl.veer.control.crossing.Shore;
import nl.veer.control.crossing.TopicAudit;
import nl.veer.control.wave.Role;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One transaction far larger than the heap of those who carry it. */
@Alone
class LargeTransactionIT {
  /** As objects, several times the heap; more with -Dsoak. */
  private static final int ROWS =
      Integer.getInteger(
          "veer.large.rows", System.getProperty("soak") == null ? 1_000_000 : 5_000_000);

  private static final String HEAP = "256m";
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String BYTES_WRITTEN =
      "SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class WHERE relname = 't'";

  @TempDir private Path directory;

  @Test
  void aTransactionOfAMillionRowsFitsThroughASmallHeapAndIsSeenWhole() throws Exception {
    try (CrossingWorld world =
            CrossingWorld.with("CREATE TABLE t (id int PRIMARY KEY, n bigint, v text)");
        RoleHome home = RoleHome.of(world, directory)) {
      Shore shore = new Shore(world);
      GaugedRole capture = GaugedRole.start(home, Role.CAPTURE, HEAP);
      GaugedRole replicator = GaugedRole.start(home, Role.REPLICATE, HEAP);
      shore.awaitLoaded(capture.process(), replicator.process());
      shore.awaitApplied(capture.process(), replicator.process());

      long begin = System.nanoTime();
      world.onSource(
          "INSERT INTO t SELECT i, i * 3, 'row ' || i FROM generate_series(1, " + ROWS + ") i");
      long written = System.nanoTime();
      await("some rows, not yet committed", () -> bytesWritten(world) > 1 << 20);
      replicator.process().kill9();
      GaugedRole second = GaugedRole.start(home, Role.REPLICATE, HEAP);

      Set<Long> seen = new TreeSet<>();
      await(
          "the whole transaction",
          () -> {
            assertThat(capture.process().isAlive()).as(capture.process().output()).isTrue();
            assertThat(second.process().isAlive()).as(second.process().output()).isTrue();
            seen.add(Long.valueOf(world.targetText("SELECT count(*) FROM t")));
            return seen.contains((long) ROWS);
          });
      System.out.printf(
          "MEASURED a transaction of %d rows: source %d ms, target %d ms, with one kill -9; %s;"
              + " %s%n",
          ROWS,
          (written - begin) / 1_000_000,
          (System.nanoTime() - written) / 1_000_000,
          capture.peaks(),
          second.peaks());

      assertThat(seen).as("what a reader of the target has seen").isSubsetOf(0L, (long) ROWS);
      assertThat(home.log(Role.REPLICATE))
          .content()
          .contains("A large transaction is being written");
      shore.awaitEqual(capture.process(), second.process());
      TopicAudit audit = TopicAudit.of(world);
      assertThat(audit.changes()).isEqualTo(ROWS);
      assertThat(audit.superseded()).isZero();
    }
  }

  private static long bytesWritten(CrossingWorld world) throws SQLException {
    return Long.parseLong(world.targetText(BYTES_WRITTEN));
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(String what, Condition condition) {
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(condition::holds);
  }
}
