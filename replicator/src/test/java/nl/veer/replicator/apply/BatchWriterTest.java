package nl.veer.replicator.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import nl.veer.connectors.dialect.RowText;
import nl.veer.connectors.dialect.TargetTable;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.replicator.apply.TableChange.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random histories with unique values that move between rows, and rows that no key tells apart. */
class BatchWriterTest {
  private static final TargetTable KEYED = table("keyed", List.of(0));
  private static final TargetTable KEYLESS = table("keyless", List.of());

  /** Its changes do not say what stands in its last column. */
  private static final TargetTable LARGE = table("large", List.of(0), "body");

  private final Map<String, String> keyed = new TreeMap<>();
  private final List<String> keyless = new ArrayList<>();
  private final ModelSession session = new ModelSession();
  private final AtomicInteger replays = new AtomicInteger();
  private final BatchWriter writer = new BatchWriter(session, replays::incrementAndGet);
  private TargetTable table = KEYED;
  private int fresh;

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void leavesTheTargetAsTheSourceIsAfterEveryBatch(long seed) {
    Random random = new Random(seed);
    for (int batch = 0; batch < 100; batch++) {
      List<Portion> portions = new ArrayList<>();
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        portions.add(portion(transaction(random)));
      }

      writer.write(portions);
      session.commit();

      assertThat(session.keyed()).as("seed %d, batch %d", seed, batch).isEqualTo(keyed);
      assertThat(session.keyless()).isEqualTo(keyless.stream().sorted().toList());
    }
  }

  @Test
  void writesASwapOfUniqueValuesTogether() {
    List<TableChange> changes = new ArrayList<>();
    insert(changes, "1");
    insert(changes, "2");
    writer.write(List.of(portion(changes)));
    session.commit();

    List<TableChange> swap = new ArrayList<>();
    swap(swap, "1", "2");
    int before = session.statements();
    writer.write(List.of(portion(swap)));
    int first = session.statements() - before;

    assertThat(replays).hasValue(0);
    assertThat(session.keyed()).isEqualTo(keyed);
    assertThat(session.isMarked()).as("the stamp would be hidden in a savepoint").isFalse();

    session.commit();
    swap.clear();
    swap(swap, "1", "2");
    before = session.statements();
    writer.write(List.of(portion(swap)));

    assertThat(session.keyed()).isEqualTo(keyed);
    assertThat(session.statements() - before).as("it is not tried in vain").isLessThan(first);
  }

  @Test
  void writesOnlyWhatSurroundsASwapOneByOneIfNotAllValuesAreKnown() {
    table = LARGE;
    List<TableChange> changes = new ArrayList<>();
    for (int id = 0; id < 2_000; id++) {
      insert(changes, "k" + id);
    }
    writer.write(List.of(portion(changes)));
    session.commit();
    int before = session.statements();
    List<Portion> portions = new ArrayList<>();
    for (int id = 0; id < 2_000; id += 2) {
      List<TableChange> transaction = new ArrayList<>();
      if (id == 1_234) {
        swap(transaction, "k" + id, "k" + (id + 1));
      } else {
        transaction.add(update("k" + id));
      }
      portions.add(portion(transaction));
    }

    writer.write(portions);

    assertThat(session.keyed()).isEqualTo(keyed);
    assertThat(session.statements() - before).isBetween(10, 40);
    assertThat(replays).hasValue(1);
    assertThat(session.isMarked()).as("the stamp would be hidden in a savepoint").isFalse();
  }

  @Test
  void namesTheOneChangeThatTheTargetDoesNotTake() {
    List<TableChange> changes = new ArrayList<>();
    for (int id = 0; id < 100; id++) {
      insert(changes, "k" + id);
    }
    changes.add(
        new TableChange(
            Kind.UPDATE, KEYED, new EventPlace(7, 3), null, row("nowhere", "anything")));
    insert(changes, "last");

    assertThatThrownBy(() -> writer.write(List.of(portion(changes))))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("log transaction 7, event 3");
  }

  private TableChange update(String id) {
    String unique = "u" + fresh++;
    keyed.put(id, unique);
    return change(Kind.UPDATE, table, null, keyedRow(id, unique));
  }

  private List<TableChange> transaction(Random random) {
    List<TableChange> changes = new ArrayList<>();
    for (int i = random.nextInt(10); i > 0; i--) {
      changeKeyed(random, changes);
      changeKeyless(random, changes);
    }
    return changes;
  }

  private void changeKeyed(Random random, List<TableChange> changes) {
    String id = String.valueOf(random.nextInt(6));
    String other = String.valueOf(random.nextInt(6));
    if (!keyed.containsKey(id)) {
      insert(changes, id);
    } else if (keyed.containsKey(other) && !other.equals(id)) {
      swap(changes, id, other);
    } else if (random.nextBoolean()) {
      String unique = keyed.remove(id);
      changes.add(change(Kind.DELETE, table, keyedRow(id, unique), null));
    } else {
      String moved = String.valueOf(6 + fresh++);
      String unique = String.valueOf(keyed.remove(id));
      keyed.put(moved, unique);
      changes.add(change(Kind.UPDATE, table, keyedRow(id, unique), keyedRow(moved, unique)));
    }
  }

  private void insert(List<TableChange> changes, String id) {
    String unique = "u" + fresh++;
    keyed.put(id, unique);
    changes.add(change(Kind.INSERT, table, null, keyedRow(id, unique)));
  }

  /** By way of a third value, as a source has to do it. */
  private void swap(List<TableChange> changes, String id, String other) {
    String mine = String.valueOf(keyed.get(id));
    String theirs = String.valueOf(keyed.get(other));
    changes.add(change(Kind.UPDATE, table, null, keyedRow(id, "between")));
    changes.add(change(Kind.UPDATE, table, null, keyedRow(other, mine)));
    changes.add(change(Kind.UPDATE, table, null, keyedRow(id, theirs)));
    keyed.put(id, theirs);
    keyed.put(other, mine);
  }

  private void changeKeyless(Random random, List<TableChange> changes) {
    RowText some = row("a" + random.nextInt(2), "b" + random.nextInt(2));
    RowText next = row("a" + random.nextInt(2), "b" + random.nextInt(2));
    if (!keyless.remove(ModelSession.whole(some))) {
      keyless.add(ModelSession.whole(some));
      changes.add(change(Kind.INSERT, KEYLESS, null, some));
    } else if (random.nextBoolean()) {
      changes.add(change(Kind.DELETE, KEYLESS, some, null));
    } else {
      keyless.add(ModelSession.whole(next));
      changes.add(change(Kind.UPDATE, KEYLESS, some, next));
    }
  }

  private static Portion portion(List<TableChange> changes) {
    return new Portion(1, "99", true, null, 1, 1, 1, changes.size(), true, List.copyOf(changes));
  }

  private static TableChange change(
      Kind kind, TargetTable table, @Nullable RowText before, @Nullable RowText after) {
    return new TableChange(kind, table, new EventPlace(1, 1), before, after);
  }

  private static RowText row(@Nullable Object... values) {
    return new RowText(values);
  }

  private RowText keyedRow(@Nullable String id, @Nullable String unique) {
    return table.equals(LARGE) ? row(id, unique, RowImage.ABSENT) : row(id, unique);
  }

  private static TargetTable table(String name, List<Integer> key, String... more) {
    return new TargetTable(
        new TableId("public", name),
        Stream.concat(Stream.of("a", "b"), Stream.of(more))
            .map(column -> new TargetTable.Column(column, "text", true, false))
            .toList(),
        Set.of(),
        key,
        false,
        true);
  }
}
