package nl.veer.control.size;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import nl.veer.control.check.CheckReport;
import nl.veer.control.check.Preflight;
import nl.veer.control.check.Severity;
import nl.veer.control.config.ConfigFile;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.RoleHome;
import nl.veer.control.crossing.Shore;
import nl.veer.control.status.MigrationStatus;
import nl.veer.control.status.StatusReader;
import nl.veer.control.status.WaveState;
import nl.veer.control.wave.Role;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A wave of 3,000 tables, phase by phase, with the smallest heap. */
@EnabledIfSystemProperty(
    named = "soak",
    matches = ".*",
    disabledReason = "takes some minutes: run it with -Dsoak")
class ManyTablesIT {
  private static final int TABLES = Integer.getInteger("veer.many.tables", 3_000);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** In portions, for each table takes locks until its transaction ends. */
  private static final String MAKE =
      "DO $$ BEGIN FOR i IN %d..%d LOOP EXECUTE format("
          + "'CREATE TABLE t%%s (id int PRIMARY KEY, v text, at timestamptz)', i);"
          + " END LOOP; END $$";

  private static final String FILL =
      "DO $$ BEGIN FOR i IN 1..%d LOOP EXECUTE format("
          + "'INSERT INTO t%%s VALUES (1, ''row of %%s'', now())', i, i); END LOOP; END $$";

  /** Every hundredth table, in one transaction. */
  private static final String TOUCH =
      "DO $$ BEGIN FOR i IN 1..%d BY 100 LOOP EXECUTE format("
          + "'INSERT INTO t%%s VALUES (2, ''new'', now())', i); EXECUTE format("
          + "'UPDATE t%%s SET v = ''changed'' WHERE id = 1', i); END LOOP; END $$";

  @TempDir private Path directory;
  private long begun = System.nanoTime();

  @Test
  void aWaveOf3000TablesIsCheckedLoadedAndStreamed() throws Exception {
    try (CrossingWorld world = CrossingWorld.with();
        RoleHome home = RoleHome.of(world, directory)) {
      for (int from = 1; from <= TABLES; from += 500) {
        world.onBoth(MAKE.formatted(from, Math.min(TABLES, from + 499)));
      }
      world.onSource(FILL.formatted(TABLES));
      VeerConfig config = ConfigFile.read(directory.resolve("veer.yaml"), Map.of());
      phase("make the tables");

      CheckReport report = new Preflight(config, Clock.systemUTC()).run();
      assertThat(report.count(Severity.ERROR)).as("%s", report.findings()).isZero();
      assertThat(report.tables()).isEqualTo(TABLES);
      phase("check");

      GaugedRole capture = GaugedRole.start(home, Role.CAPTURE, "256m");
      await(
          () ->
              world
                  .sourceText(
                      "SELECT active FROM pg_replication_slots WHERE slot_name = '"
                          + world.wave.slot()
                          + "'")
                  .equals("t"));
      phase("capture start");

      GaugedRole replicator = GaugedRole.start(home, Role.REPLICATE, "256m");
      Shore shore = new Shore(world);
      await(
          () -> {
            assertThat(replicator.process().isAlive()).as(replicator.process().output()).isTrue();
            return shore.loaded();
          });
      phase("load");

      world.onSource(TOUCH.formatted(TABLES));
      shore.awaitApplied(capture.process(), replicator.process());
      phase("stream to every hundredth");

      world.onSource("UPDATE t1 SET v = 'again'", "DELETE FROM t2");
      shore.awaitApplied(capture.process(), replicator.process());
      phase("stream to two");

      MigrationStatus status = StatusReader.once(config, Clock.systemUTC());
      assertThat(status.waves().get(0).state()).isEqualTo(WaveState.REPLICATING);
      phase("status");

      System.out.println("MEASURED " + capture.peaks() + "; " + replicator.peaks());
      assertSame(world);
    }
  }

  /** Each row of each table in one digest; the oracle would open each table by itself. */
  private static void assertSame(CrossingWorld world) throws SQLException {
    try (Connection source = world.source();
        Connection target = world.target()) {
      for (int from = 1; from <= TABLES; from += 500) {
        StringBuilder all = new StringBuilder();
        for (int i = from; i <= Math.min(TABLES, from + 499); i++) {
          all.append(all.isEmpty() ? "" : " UNION ALL ");
          all.append("SELECT %d AS t, x::text FROM t%d x".formatted(i, i));
        }
        String digest =
            "SELECT count(*), md5(string_agg(t || x, ',' ORDER BY t, x)) FROM (" + all + ") a";
        assertThat(CrossingWorld.text(target, digest))
            .isEqualTo(CrossingWorld.text(source, digest));
      }
    }
  }

  private void phase(String name) {
    long now = System.nanoTime();
    System.out.printf("MEASURED %d tables, %s: %.1f s%n", TABLES, name, (now - begun) / 1e9);
    begun = now;
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) {
    Awaitility.await().atMost(PATIENCE).until(condition::holds);
  }
}
