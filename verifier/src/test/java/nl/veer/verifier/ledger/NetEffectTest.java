package nl.veer.verifier.ledger;

import static nl.veer.verifier.ledger.Books.ABSENT;
import static nl.veer.verifier.ledger.Books.ITEM;
import static nl.veer.verifier.ledger.Books.ITEMS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.RowChanged;
import nl.veer.connectors.event.RowDeleted;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowInserted;
import nl.veer.connectors.event.RowUpdated;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.verifier.digest.DigestKey;
import nl.veer.verifier.digest.KeyedDigester;
import nl.veer.verifier.digest.PassingDigester;
import nl.veer.verifier.ledger.Imbalance.Kind;
import nl.veer.verifier.value.Tolerances;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The net effect of any changes is what replaying them comes to, in memory and in files. */
class NetEffectTest {
  private static final LedgerTable TABLE =
      new LedgerTable(ITEMS, List.of("id"), false, false, Set.of(), false);
  private static final int IDS = 12;
  private static final Where NOWHERE = new Where(new EventPlace(1, 0), null, null, "");

  private static final DigestKey KEY = DigestKey.random();

  @TempDir Path directory;
  private final RowDigests digests =
      new RowDigests(
          List.of(TABLE),
          Tolerances.NONE,
          new KeyedDigester(KEY),
          new PassingDigester(KEY),
          new Shapes());

  /** A table's rows by id, without their id. */
  private static final class World {
    private final Map<Integer, Object[]> rows = new TreeMap<>();

    World copy() {
      World copy = new World();
      copy.rows.putAll(rows);
      return copy;
    }
  }

  /** A change, or a truncate. */
  private record Step(@Nullable RowChanged change) {}

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 10);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void balancesWithTheDifferenceThatItMakes(long seed) {
    Random random = new Random(seed);
    for (int run = 0; run < 3; run++) {
      World before = world(random);
      World after = before.copy();
      boolean whole = random.nextBoolean();
      List<Step> steps = steps(random, after, 1 + random.nextInt(300), whole);

      for (long bound : new long[] {Long.MAX_VALUE, 20_000, 3000}) {
        try (Effects log = effects(steps, whole, bound);
            Effects echo = effects(asReplicated(before, after, steps), false, Long.MAX_VALUE)) {
          Findings findings = new Findings(NOWHERE);
          new Balance(List.of(TABLE), digests, Math.min(bound, 3000), new StopSignal())
              .weigh(log, echo, findings, NOWHERE);
          assertThat(findings.found().detailed())
              .as("seed %d, run %d, bound %d", seed, run, bound)
              .isEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyOtherDifferenceIsFound(long seed) {
    Random random = new Random(seed);
    for (int run = 0; run < 3; run++) {
      World before = world(random);
      World after = before.copy();
      List<Step> steps = steps(random, after, 1 + random.nextInt(300), false);
      World wrong = after.copy();
      Kind expected = spoil(random, wrong, before, steps);

      for (long bound : new long[] {Long.MAX_VALUE, 3000}) {
        try (Effects log = effects(steps, false, Long.MAX_VALUE);
            Effects echo = effects(asReplicated(before, wrong, steps), false, bound)) {
          Findings findings = new Findings(NOWHERE);
          new Balance(List.of(TABLE), digests, 3000, new StopSignal())
              .weigh(log, echo, findings, NOWHERE);
          assertThat(findings.found().detailed())
              .as("seed %d, run %d, bound %d", seed, run, bound)
              .singleElement()
              .satisfies(finding -> assertThat(finding.kind()).isEqualTo(expected));
        }
      }
    }
  }

  /** Makes one row wrong that the steps did not touch, or whose values are all known. */
  private static Kind spoil(Random random, World wrong, World before, List<Step> steps) {
    int id = IDS * 2 + random.nextInt(5);
    switch (random.nextInt(2)) {
      case 0 -> wrong.rows.put(id, values(random));
      default -> {
        int touched = IDS * 3;
        Object[] row = values(random);
        RowImage image = image(touched, row);
        steps.add(new Step(new RowInserted(place(steps), ITEMS, image)));
        Object[] other = row.clone();
        other[random.nextInt(4)] = "other";
        other[2] = other[2] instanceof Double number ? (Object) number : (Object) (-1.0);
        wrong.rows.put(touched, other);
        return Kind.DIFFERENT_VALUES;
      }
    }
    return Kind.EXTRA;
  }

  private static World world(Random random) {
    World world = new World();
    for (int id = 0; id < IDS; id++) {
      if (random.nextBoolean()) {
        world.rows.put(id, values(random));
      }
    }
    return world;
  }

  private static Object[] values(Random random) {
    return new Object[] {
      "n" + random.nextInt(50),
      "1." + random.nextInt(50),
      random.nextDouble(),
      "b" + random.nextInt(50)
    };
  }

  /** Valid changes, one after the other, that turn the world into what it is then. */
  private static List<Step> steps(Random random, World world, int count, boolean whole) {
    List<Step> steps = new ArrayList<>();
    while (steps.size() < count) {
      int id = random.nextInt(IDS);
      Object[] row = world.rows.get(id);
      EventPlace place = place(steps);
      if (random.nextInt(120) == 0) {
        world.rows.clear();
        steps.add(new Step(null));
      } else if (row == null) {
        Object[] values = values(random);
        world.rows.put(id, values);
        steps.add(new Step(new RowInserted(place, ITEMS, image(id, values))));
      } else if (random.nextInt(4) == 0) {
        world.rows.remove(id);
        steps.add(new Step(new RowDeleted(place, ITEMS, whole ? image(id, row) : keyOnly(id))));
      } else {
        steps.add(new Step(update(random, world, id, row, place, whole)));
      }
    }
    return steps;
  }

  private static RowChanged update(
      Random random, World world, int id, Object[] row, EventPlace place, boolean whole) {
    Object[] values = values(random);
    Object[] carried = values.clone();
    if (random.nextBoolean()) {
      values[3] = row[3];
      carried[3] = ABSENT;
    }
    int newId = random.nextInt(IDS);
    boolean moves = random.nextInt(3) == 0 && !world.rows.containsKey(newId);
    world.rows.remove(id);
    world.rows.put(moves ? newId : id, values);
    RowImage before = whole ? image(id, row) : moves ? keyOnly(id) : null;
    return new RowUpdated(place, ITEMS, before, image(moves ? newId : id, carried));
  }

  private static EventPlace place(List<Step> steps) {
    return new EventPlace(1, steps.size() + 1L);
  }

  private static RowImage image(int id, Object[] values) {
    return new RowImage(ITEM, new Object[] {id, values[0], values[1], values[2], values[3]});
  }

  private static RowImage keyOnly(int id) {
    return new RowImage(ITEM, new @Nullable Object[] {id, null, null, null, null});
  }

  private Effects effects(List<Step> steps, boolean whole, long bound) {
    Effects effects = new Effects(1, new SpillDirectory(directory), bound);
    Reduction reduction = new Reduction(digests, effects);
    for (Step step : steps) {
      if (step.change() == null) {
        effects.truncate(0, new EventPlace(1, 1));
      } else {
        reduction.change(0, true, whole, step.change());
      }
    }
    return effects;
  }

  /**
   * What a target's own log would hold: from the rows as they were and as they are, without a look
   * at how they became so; only which rows were touched is told by the steps.
   */
  private static List<Step> asReplicated(World before, World after, List<Step> steps) {
    List<Step> echo = new ArrayList<>();
    boolean truncated = steps.stream().anyMatch(step -> step.change() == null);
    Map<Integer, Object[]> old = truncated ? new HashMap<>() : before.rows;
    if (truncated) {
      echo.add(new Step(null));
    }
    Set<Integer> touched = new TreeSet<>(after.rows.keySet());
    touched.addAll(old.keySet());
    for (int id : touched) {
      Object[] now = after.rows.get(id);
      if (now == null) {
        echo.add(new Step(new RowDeleted(place(echo), ITEMS, keyOnly(id))));
      } else if (!old.containsKey(id)) {
        echo.add(new Step(new RowInserted(place(echo), ITEMS, image(id, now))));
      } else if (isTouched(id, steps)) {
        echo.add(new Step(new RowUpdated(place(echo), ITEMS, null, image(id, now))));
      }
    }
    return echo;
  }

  private static boolean isTouched(int id, List<Step> steps) {
    return steps.stream()
        .map(Step::change)
        .anyMatch(
            change ->
                (change instanceof RowInserted inserted && id(inserted.after()) == id)
                    || (change instanceof RowUpdated updated
                        && (id(updated.after()) == id
                            || (updated.before() != null && id(updated.before()) == id)))
                    || (change instanceof RowDeleted deleted && id(deleted.before()) == id));
  }

  private static int id(RowImage image) {
    return image.value(0) instanceof Integer id ? id : -1;
  }
}
