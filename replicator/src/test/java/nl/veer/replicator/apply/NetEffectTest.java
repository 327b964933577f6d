package nl.veer.replicator.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import nl.veer.connectors.dialect.RowText;
import nl.veer.connectors.dialect.TargetTable;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.replicator.apply.TableChange.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetEffectTest {
  private static final int RUNS = 400;
  private static final Object ABSENT = RowImage.ABSENT;
  private static final TargetTable TABLE = table(List.of(0));
  private static final TargetTable KEYLESS = table(List.of());

  static java.util.stream.LongStream seeds() {
    return java.util.stream.LongStream.range(0, 50);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void reducedAndAppliedEqualsAppliedOneByOne(long seed) {
    Random random = new Random(seed);
    for (int run = 0; run < RUNS; run++) {
      ModelTable oneByOne = new ModelTable(TABLE);
      for (int id = 0; id < random.nextInt(8); id++) {
        oneByOne.insert(row(String.valueOf(id), "start", "big" + id));
      }
      ModelTable reduced = oneByOne.copy();

      List<TableChange> changes = randomChanges(random, oneByOne);
      reduced.apply(reduce(changes));

      assertThat(reduced.rows()).as("seed %d, run %d", seed, run).isEqualTo(oneByOne.rows());
    }
  }

  /** With time that grows faster than the changes, this would take minutes. */
  @Test
  @Timeout(20)
  void aKeyTouchedHundredThousandTimesComesToOneChange() {
    List<TableChange> changes = new ArrayList<>();
    for (int i = 0; i < 25_000; i++) {
      changes.add(insert(row("1", "new", "x" + i)));
      changes.add(update(null, row("1", "then" + i, ABSENT)));
      changes.add(update(null, row("2", "a" + i, ABSENT)));
      changes.add(delete("1"));
    }
    TableEffect gone = reduce(changes);
    changes.add(insert(row("1", "last", "y")));
    TableEffect stays = reduce(changes);

    assertThat(gone.inserts()).isEmpty();
    assertThat(gone.deletes()).isEmpty();
    assertThat(gone.updates().values())
        .singleElement()
        .satisfies(
            updates -> {
              assertThat(updates.rows()).hasSize(1);
              assertThat(updates.rows().get(0).text(1)).isEqualTo("a24999");
            });
    assertThat(stays.inserts().values())
        .singleElement()
        .satisfies(rows -> assertThat(rows.get(0).text(1)).isEqualTo("last"));
  }

  @Test
  void anInsertThatIsUpdatedIsOneInsert() {
    TableEffect effect =
        reduce(
            List.of(insert(row("1", "a", "x")), update(null, row("1", "b", ABSENT)), delete("2")));

    assertThat(effect.updates()).isEmpty();
    assertThat(effect.deletes()).hasSize(1);
    List<RowText> inserts = effect.inserts().values().iterator().next();
    assertThat(inserts.get(0).text(1)).isEqualTo("b");
    assertThat(inserts.get(0).text(2)).isEqualTo("x");
  }

  @Test
  void anInsertThatIsDeletedIsNothing() {
    TableEffect effect = reduce(List.of(insert(row("1", "a", "x")), delete("1")));

    assertThat(effect.inserts()).isEmpty();
    assertThat(effect.deletes()).isEmpty();
  }

  @Test
  void aMovedKeyWithAnAbsentColumnUpdatesTheKey() {
    TableEffect effect = reduce(List.of(update("1", row("2", "a", ABSENT))));

    assertThat(effect.deletes()).isEmpty();
    assertThat(effect.updates()).hasSize(1);
    assertThat(effect.updates().keySet().iterator().next().get(0)).isTrue();
  }

  @Test
  void aMovedKeyWithAllColumnsIsADeleteAndAnInsert() {
    TableEffect effect = reduce(List.of(update("1", row("2", "a", "x"))));

    assertThat(effect.updates()).isEmpty();
    assertThat(effect.deletes()).hasSize(1);
    assertThat(effect.inserts()).hasSize(1);
  }

  @Test
  void aTruncateMakesEverythingBeforeItVoid() {
    TableEffect effect =
        reduce(
            List.of(
                insert(row("1", "a", "x")),
                delete("2"),
                new TableChange(Kind.TRUNCATE, TABLE, place(), null, null),
                insert(row("2", "b", "y"))));

    assertThat(effect.truncated()).isTrue();
    assertThat(effect.deletes()).isEmpty();
    assertThat(effect.inserts()).hasSize(1);
  }

  @Test
  void doesNotHideChangesThatContradictEachOther() {
    assertThatThrownBy(() -> reduce(List.of(delete("1"), update(null, row("1", "a", "x")))))
        .isInstanceOf(Failure.class);
    assertThatThrownBy(
            () -> reduce(List.of(insert(row("1", "a", "x")), insert(row("1", "b", "y")))))
        .isInstanceOf(Failure.class);
  }

  @Test
  void keepsTheOrderOfChangesWithoutAKey() {
    NetEffect net = new NetEffect();
    RowText row = row("1", "a", "x");
    net.add(new TableChange(Kind.INSERT, KEYLESS, place(), null, row));
    net.add(new TableChange(Kind.DELETE, KEYLESS, place(), row, null));
    net.add(new TableChange(Kind.UPDATE, KEYLESS, place(), row, row));

    assertThat(net.effects().get(0).singles())
        .containsExactly(
            new TableEffect.Single(null, row),
            new TableEffect.Single(row, null),
            new TableEffect.Single(row, row));
  }

  /** Makes changes that fit the table, does them on it one by one, and answers them. */
  private static List<TableChange> randomChanges(Random random, ModelTable table) {
    List<TableChange> changes = new ArrayList<>();
    for (int i = random.nextInt(30); i > 0; i--) {
      TableChange change = randomChange(random, table);
      if (change != null) {
        table.apply(reduce(List.of(change)));
        changes.add(change);
      }
    }
    return changes;
  }

  private static @Nullable TableChange randomChange(Random random, ModelTable table) {
    String key = String.valueOf(random.nextInt(10));
    String other = String.valueOf(random.nextInt(10));
    Object value = random.nextInt(4) == 0 ? null : "v" + random.nextInt(1000);
    Object big = random.nextBoolean() ? ABSENT : "big" + random.nextInt(1000);
    int what = random.nextInt(100);
    if (what < 2) {
      return new TableChange(Kind.TRUNCATE, TABLE, place(), null, null);
    }
    if (!table.has(key)) {
      return insert(row(key, value, "big" + random.nextInt(1000)));
    }
    if (what < 30) {
      return delete(key);
    }
    if (what < 60) {
      return update(null, row(key, value, big));
    }
    return table.has(other) ? null : update(key, row(other, value, big));
  }

  private static TableEffect reduce(List<TableChange> changes) {
    NetEffect net = new NetEffect();
    changes.forEach(net::add);
    List<TableEffect> effects = net.effects();
    return effects.isEmpty() ? new TableEffect(TABLE, false, List.of()) : effects.get(0);
  }

  private static TableChange insert(RowText row) {
    return new TableChange(Kind.INSERT, TABLE, place(), null, row);
  }

  private static TableChange update(@Nullable String oldKey, RowText after) {
    return new TableChange(
        Kind.UPDATE, TABLE, place(), oldKey == null ? null : row(oldKey, ABSENT, ABSENT), after);
  }

  private static TableChange delete(String key) {
    return new TableChange(Kind.DELETE, TABLE, place(), row(key, ABSENT, ABSENT), null);
  }

  private static RowText row(@Nullable Object... values) {
    return new RowText(values);
  }

  private static EventPlace place() {
    return new EventPlace(1, 1);
  }

  private static TargetTable table(List<Integer> key) {
    return new TargetTable(
        new TableId("public", "t"),
        List.of(
            new TargetTable.Column("id", "text", true, false),
            new TargetTable.Column("value", "text", true, false),
            new TargetTable.Column("big", "text", true, false)),
        Set.of(),
        key,
        false,
        true);
  }
}
