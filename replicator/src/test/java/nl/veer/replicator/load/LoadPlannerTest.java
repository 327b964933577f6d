package nl.veer.replicator.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import nl.veer.connectors.dialect.LoadDialect.Range;
import nl.veer.connectors.dialect.LoadDialect.SourceTable;
import nl.veer.connectors.dialect.ReplicaIdentity;
import nl.veer.connectors.dialect.RowIdentity;
import nl.veer.connectors.dialect.TableSchema;
import nl.veer.connectors.event.TableId;
import org.junit.jupiter.api.Test;

class LoadPlannerTest {
  private static final long MIB = 1L << 20;

  @Test
  void smallTablesShareASnapshotAndLargeOnesHaveTheirOwn() {
    List<List<SourceTable>> snapshots =
        LoadPlanner.snapshots(
            List.of(table("a", 1), table("b", 500 * MIB), table("c", 2), table("d", 80 * MIB)),
            Set.of());

    assertThat(snapshots)
        .containsExactly(
            List.of(table("b", 500 * MIB)),
            List.of(table("d", 80 * MIB)),
            List.of(table("c", 2), table("a", 1)));
  }

  @Test
  void noSnapshotIsOfMoreTablesThanMayBeLockedAtOnce() {
    List<SourceTable> tables =
        IntStream.range(0, 250).mapToObj(table -> table("t" + table, 0)).toList();

    assertThat(LoadPlanner.snapshots(tables, Set.of()))
        .extracting(List::size)
        .containsExactly(50, 50, 50, 50, 50);
  }

  @Test
  void whatDidNotComeThroughIsAloneWhenItIsBegunAgain() {
    assertThat(
            LoadPlanner.snapshots(
                List.of(table("a", 3), table("b", 2), table("c", 1)),
                Set.of(new TableId("public", "b"))))
        .containsExactly(List.of(table("b", 2)), List.of(table("a", 3), table("c", 1)));
  }

  @Test
  void nothingIsNoSnapshot() {
    assertThat(LoadPlanner.snapshots(List.of(), Set.of())).isEmpty();
  }

  @Test
  void oneWorkerTakesLargePortionsAndSeveralHaveTheirShares() {
    assertThat(LoadPlanner.range(1_000 * MIB, 1)).isEqualTo(64 * MIB);
    assertThat(LoadPlanner.range(160 * MIB, 2)).isEqualTo(20 * MIB);
    assertThat(LoadPlanner.range(160 * MIB, 4)).isEqualTo(10 * MIB);
    assertThat(LoadPlanner.range(10_000 * MIB, 2)).isEqualTo(64 * MIB);
    assertThat(LoadPlanner.range(2 * MIB, 8)).isEqualTo(4 * MIB);
  }

  @Test
  void smallRangesShareAPortionAndALargeOneIsAlone() {
    List<Range> ranges =
        List.of(range("a", 30 * MIB), range("b", 3 * MIB), range("c", MIB), range("d", MIB));

    assertThat(LoadPlanner.portions(ranges, 1))
        .containsExactly(ranges.subList(0, 1), ranges.subList(1, 3), ranges.subList(3, 4));
  }

  @Test
  void aPartOfALargeTableSharesAPortionWithNobody() {
    Range small = range("a", 8_192);
    Range last = new Range(new TableId("public", "b"), "b", 500, Long.MAX_VALUE, 8_192);

    assertThat(LoadPlanner.portions(List.of(small, last, range("c", 8_192)), 1))
        .containsExactlyInAnyOrder(List.of(last), List.of(small, range("c", 8_192)));
  }

  @Test
  void smallRangesArePartedAmongTheWorkers() {
    List<Range> ranges = IntStream.range(0, 16).mapToObj(table -> range("t" + table, MIB)).toList();

    assertThat(LoadPlanner.portions(ranges, 2)).extracting(List::size).containsOnly(2).hasSize(8);
  }

  @Test
  void whatIsLessThanACommitIsWorthIsNotParted() {
    List<Range> ranges =
        IntStream.range(0, 40).mapToObj(table -> range("t" + table, 8_192)).toList();

    assertThat(LoadPlanner.portions(ranges, 2)).hasSize(1);
  }

  @Test
  void noPortionIsOfMoreRangesThanMayBeLockedAtOnce() {
    List<Range> ranges = IntStream.range(0, 150).mapToObj(table -> range("t" + table, 0)).toList();

    assertThat(LoadPlanner.portions(ranges, 2)).extracting(List::size).containsExactly(50, 50, 50);
  }

  private static SourceTable table(String name, long bytes) {
    return new SourceTable(
        new TableSchema(
            new TableId("public", name), List.of(), List.of(), ReplicaIdentity.DEFAULT, false),
        new RowIdentity(false, List.of()),
        0,
        bytes);
  }

  private static Range range(String table, long bytes) {
    return new Range(new TableId("public", table), table, 0, Long.MAX_VALUE, bytes);
  }
}
