package nl.veer.connectors.capture;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import nl.veer.connectors.dialect.postgres.PostgresWaveRelations;
import nl.veer.connectors.dialect.postgres.PostgresWaveRelations.Leaf;
import nl.veer.connectors.dialect.postgres.PostgresWaveRelations.Root;
import nl.veer.connectors.event.EchoId;
import nl.veer.connectors.event.LogId;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * Judges whether the wave's tables are still those that the log began with. What the source does to
 * a table as a whole (rename, drop, unpublish, detach a partition) leaves no event in the log; rows
 * would go missing in silence. Pure but for what it remembers of the partitions.
 *
 * <p>Bounds: a partition that was attached after the log began is known only to this process, so
 * one that comes and goes while no capture runs is not noticed, nor is one that is filled, attached
 * and emptied between two looks. A TRUNCATE of one partition is told from one of the whole table,
 * which the log has, by the other partitions: they keep their files. Of a table with one partition
 * it cannot be told.
 *
 * <p>To an echo partitions may be attached with rows in them, for nobody carries these anywhere:
 * the target's owner repeats by it what was done on the source. What changes in them from then on
 * is in the echo, since the whole tree is published; what was in them before is not, and is left to
 * the scan, which reads the whole table. A partition that goes takes rows with it that the ledger
 * believes to be there, so that stops an echo as it stops a log.
 *
 * <p>Kept over all starts of one capture, so that a finding is not forgotten by the next start.
 * Safe for use by several threads.
 */
final class WaveRelations {
  private static final String AGAIN = " Then load anew: veer load --again.";

  private final boolean newcomersMayHoldRows;
  private @Nullable Map<Long, Leaf> seen;

  WaveRelations(LogId log) {
    this.newcomersMayHoldRows = log instanceof EchoId;
  }

  /**
   * @param origin the tables that the log began with
   * @param now as they are
   * @param names what the relations of the origin's tables are called now
   * @throws Failure SOURCE_DATA
   */
  synchronized void require(
      PostgresWaveRelations origin, PostgresWaveRelations now, Map<Long, TableId> names) {
    requireTables(origin, now, names);
    Map<Long, Leaf> leaves = new HashMap<>();
    now.leaves().forEach(leaf -> leaves.put(leaf.oid(), leaf));
    origin.leaves().forEach(leaf -> requireStill(leaf, leaves));
    if (seen != null) {
      seen.values().forEach(leaf -> requireStill(leaf, leaves));
      if (!newcomersMayHoldRows) {
        requireEmptyNewcomers(seen, leaves, origin);
      }
      requireUntruncated(seen, leaves);
    }
    seen = leaves;
  }

  private static void requireTables(
      PostgresWaveRelations origin, PostgresWaveRelations now, Map<Long, TableId> names) {
    Map<Long, Root> published = new HashMap<>();
    now.roots().forEach(root -> published.put(root.oid(), root));
    for (Root root : origin.roots()) {
      TableId name = names.get(root.oid());
      if (name == null) {
        throw replaced(root.name(), "was dropped, or dropped and made anew");
      }
      if (!name.equals(root.name())) {
        throw replaced(root.name(), "was renamed to " + name + ", or swapped with another");
      }
      Root still = published.get(root.oid());
      if (origin.publication() != now.publication()
          || still == null
          || still.membership() != root.membership()) {
        throw new Failure(
            FailureKind.SOURCE_DATA,
            "TABLE_UNPUBLISHED",
            "The source's table "
                + root.name()
                + " is or was for some time not in the wave's publication, so changes of it may be"
                + " missing in the log. Leave the publication alone."
                + AGAIN);
      }
    }
    if (now.roots().size() > origin.roots().size()) {
      throw new Failure(
          FailureKind.SOURCE_DATA,
          "TABLE_ADDED",
          "The wave's publication on the source has more tables than the wave. Take them out:"
              + " ALTER PUBLICATION ... DROP TABLE.");
    }
  }

  private static void requireStill(Leaf leaf, Map<Long, Leaf> now) {
    if (!now.containsKey(leaf.oid())) {
      throw partition(
          "PARTITION_REMOVED",
          leaf,
          "was detached or dropped; the log holds no deletes of its rows, which the target keeps.");
    }
  }

  private static void requireEmptyNewcomers(
      Map<Long, Leaf> before, Map<Long, Leaf> now, PostgresWaveRelations origin) {
    Set<Long> known = new HashSet<>(before.keySet());
    origin.leaves().forEach(leaf -> known.add(leaf.oid()));
    for (Leaf leaf : now.values()) {
      if (leaf.attached() && leaf.bytes() > 0 && !known.contains(leaf.oid())) {
        throw partition(
            "PARTITION_FILLED",
            leaf,
            "was attached with rows in it, of which the log holds no inserts. Attach partitions"
                + " empty, and wait ten seconds before filling them.");
      }
    }
  }

  private static void requireUntruncated(Map<Long, Leaf> before, Map<Long, Leaf> now) {
    Map<Long, Boolean> allRewritten =
        before.values().stream()
            .collect(
                Collectors.toMap(
                    Leaf::root, leaf -> isRewritten(leaf, now), (left, right) -> left && right));
    for (Leaf leaf : before.values()) {
      Leaf then = now.get(leaf.oid());
      if (then != null
          && isRewritten(leaf, now)
          && leaf.bytes() > 0
          && then.bytes() == 0
          && !Boolean.TRUE.equals(allRewritten.get(leaf.root()))) {
        throw partition(
            "PARTITION_TRUNCATED",
            leaf,
            "was emptied by a TRUNCATE of its own, which the log does not hold. (If it was emptied"
                + " by DELETE and then rewritten by VACUUM FULL or CLUSTER, start the capture"
                + " again and go on.)");
      }
    }
  }

  private static boolean isRewritten(Leaf leaf, Map<Long, Leaf> now) {
    Leaf then = now.get(leaf.oid());
    return then != null && then.file() != leaf.file();
  }

  private static Failure replaced(TableId table, String what) {
    return new Failure(
        FailureKind.SOURCE_DATA,
        "TABLE_REPLACED",
        "The source's table "
            + table
            + " "
            + what
            + ": changes under its name may be missing in the log. If it was renamed, rename it"
            + " back within the same outage of writes; otherwise give the wave the tables it shall"
            + " have."
            + AGAIN);
  }

  private static Failure partition(String code, Leaf leaf, String what) {
    return new Failure(
        FailureKind.SOURCE_DATA,
        code,
        "The source's partition " + leaf.name() + " " + what + AGAIN);
  }
}
