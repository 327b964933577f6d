package nl.veer.control.size;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import nl.veer.control.config.Size;
import nl.veer.control.config.TuningConfig;
import nl.veer.control.crossing.Alone;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.crossing.TopicAudit;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.Role;
import org.junit.jupiter.api.Test;

/** One key that is touched 100,000 times, in one transaction and in many. */
@Alone
class HotKeyIT {
  private static final int TOUCHES = 100_000;

  /** By its place, for the index would be searched through all older versions of the row. */
  private static final String IN_ONE_TRANSACTION =
      """
      DO $$
      DECLARE place tid;
      BEGIN
        SELECT ctid INTO place FROM t WHERE id = 1;
        FOR i IN 1..%d LOOP
          UPDATE t SET n = i, v = 'touch ' || i WHERE ctid = place RETURNING ctid INTO place;
          IF i %% 500 = 0 THEN
            INSERT INTO t VALUES (2, i, 'here');
            UPDATE t SET n = -i WHERE id = 2;
            DELETE FROM t WHERE id = 2;
          END IF;
        END LOOP;
        INSERT INTO t VALUES (2, 0, 'to stay');
        DELETE FROM t WHERE id = 3;
        INSERT INTO t VALUES (3, 1, 'another');
      END $$
      """;

  private static final String IN_MANY_TRANSACTIONS =
      """
      CREATE PROCEDURE touch(times int) LANGUAGE plpgsql AS $$
      BEGIN
        FOR i IN 1..times LOOP
          IF i % 4 = 0 THEN
            DELETE FROM t WHERE id = 1;
            INSERT INTO t VALUES (1, i, 'anew');
          ELSE
            UPDATE t SET n = i WHERE id = 1;
            UPDATE t SET v = 'then ' || i WHERE id = 1;
          END IF;
          IF i % 10 = 0 THEN COMMIT; END IF;
        END LOOP;
      END $$
      """;

  @Test
  void aKeyTouched100000TimesInOneBatchComesToOneChange() throws Exception {
    try (CrossingWorld world =
        CrossingWorld.with("CREATE TABLE t (id int PRIMARY KEY, n int, v text)")) {
      world.onSource("INSERT INTO t VALUES (1, 0, 'first'), (3, 0, 'first')");
      Crossing crossing = world.begin(Role.RUN, largeBatches(world), log());
      crossing.awaitReplicating();

      double quarter = seconds(crossing, world, TOUCHES / 4);
      double whole = seconds(crossing, world, TOUCHES);

      System.out.printf(
          "MEASURED a key touched %d times: %.2f s, %d times: %.2f s%n",
          TOUCHES / 4, quarter, TOUCHES, whole);
      world.assertEqual();
      assertThat(world.targetText("SELECT * FROM t ORDER BY id"))
          .isEqualTo("1|100000|touch 100000\n2|0|to stay\n3|1|another");
      assertThat(whole).as("four times the work").isLessThan(10 * quarter + 3);
    }
  }

  /** From the commit on, so that the source's own work does not count. */
  private static double seconds(Crossing crossing, CrossingWorld world, int touches)
      throws Exception {
    world.onSource("DELETE FROM t WHERE id = 2", IN_ONE_TRANSACTION.formatted(touches));
    long committed = System.nanoTime();
    crossing.awaitApplied();
    return (System.nanoTime() - committed) / 1e9;
  }

  @Test
  void aKeyTouched100000TimesInManyTransactionsEndsAsItShould() throws Exception {
    try (CrossingWorld world =
        CrossingWorld.with("CREATE TABLE t (id int PRIMARY KEY, n int, v text)")) {
      world.onSource("INSERT INTO t VALUES (1, 0, 'first')", IN_MANY_TRANSACTIONS);
      Crossing capture = world.begin(Role.CAPTURE);
      capture.awaitCapturing();
      Crossing first = world.begin(Role.REPLICATE);
      first.awaitReplicating();
      first.close();

      // All of it waits in the log, so that the batches are as large as they may be.
      world.onSource("SET synchronous_commit = off; CALL touch(%d)".formatted(TOUCHES / 2));
      Crossing second = world.begin(Role.REPLICATE, largeBatches(world), log());

      second.awaitEqual();
      assertThat(world.targetText("SELECT * FROM t")).isEqualTo("1|50000|anew");
      assertThat(TopicAudit.of(world).transactions()).isGreaterThan(TOUCHES / 20);
    }
  }

  private static OpenLog log() {
    return OpenLog.at(CrossingWorld.sandbox().kafka(), CrossingWorld.sandbox().registry());
  }

  private static Migration largeBatches(CrossingWorld world) throws Exception {
    Migration usual = world.migration();
    return new Migration(
        usual.source(),
        usual.target(),
        usual.waves(),
        new TuningConfig(
            1, 1_000_000, new Size(128 << 20), Duration.ofSeconds(5), Duration.ofMillis(500)));
  }
}
