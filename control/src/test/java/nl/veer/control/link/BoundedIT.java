package nl.veer.control.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import nl.veer.sandbox.link.Fault;
import org.junit.jupiter.api.Test;

/** What the source writes while a server is silent waits in its WAL or in Kafka, not in Veer. */
class BoundedIT {
  private static final long WRITTEN = 200L << 20;

  /** Debezium's queue, the producer's buffer and a feed's batches are tens of MiB together. */
  private static final long HELD = 100L << 20;

  @Test
  void aSilentKafkaFillsNoMemory() throws Exception {
    assertHeldBack(Way.CAPTURE_TO_KAFKA);
  }

  @Test
  void aSilentTargetFillsNoMemory() throws Exception {
    assertHeldBack(Way.REPLICATOR_TO_TARGET);
  }

  private static void assertHeldBack(Way way) throws Exception {
    try (LinkedWorld linked =
        LinkedWorld.over(Set.of(way), "CREATE TABLE t (id int PRIMARY KEY, body text)")) {
      linked.replicator().awaitReplicating();
      linked.replicator().awaitApplied();
      long before = used();

      linked.link(way).suffer(new Fault.BlackHole());
      for (int tenth = 0; tenth < 10; tenth++) {
        linked.world.onSource(
            "INSERT INTO t SELECT %d * 1000 + g, repeat('x', %d) FROM generate_series(1, 1000) g"
                .formatted(tenth, WRITTEN / 10_000));
      }
      boolean target = way == Way.REPLICATOR_TO_TARGET;
      linked
          .capture()
          .await(
              "the log to have it, or the capture to say why not",
              () ->
                  target
                      ? linked.capture().capture().events() >= 10_000
                      : linked.capture().capture().failure() != null);

      assertThat(used() - before).isLessThan(HELD);
      linked.link(way).heal();
      linked.replicator().awaitEqual();
    }
  }

  /** What is left after a collection. */
  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
