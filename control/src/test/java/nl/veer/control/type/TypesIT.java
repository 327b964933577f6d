package nl.veer.control.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.wave.Role;
import nl.veer.replicator.ReplicatorStatus;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Every type of the table, the whole way. All tests share one crossing, for its load; each has
 * tables of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit calls begin() first
class TypesIT {
  /** From this many rows on, inserts go by COPY. */
  private static final int MANY = 60;

  private TypeWorld world;
  private TypeTables all;
  private TypeTables portable;
  private Crossing crossing;

  @BeforeAll
  void begin() throws Exception {
    world = TypeWorld.make();
    all = world.all();
    portable = world.portable();
    onBoth(
        portable.create("loaded_in_binary"),
        all.create("loaded_as_text"),
        all.create("inserted"),
        all.create("updated"),
        all.createKeyless("keyless"),
        "ALTER TABLE keyless REPLICA IDENTITY FULL");
    onBoth(all.createOutside("outside").toArray(String[]::new));
    for (int k = 0; k < all.keys().size(); k++) {
      onBoth(all.keys().get(k).createKeyed("key" + k));
    }
    onSource(inserts(portable, "loaded_in_binary", 0));
    onSource(inserts(all, "loaded_as_text", 0));
    onSource(inserts(all, "updated", 0));
    onSource(all.insertOutside("outside", 1));
    crossing = world.databases.begin(Role.RUN);
    Awaitility.await("the load's end")
        .atMost(CrossingWorld.PATIENCE.multipliedBy(3))
        .until(() -> crossing.replicator().state() == ReplicatorStatus.State.REPLICATING);
  }

  @AfterAll
  void end() throws Exception {
    world.close();
  }

  @Test
  void loadsEveryType() throws Exception {
    for (TypeTables types : List.of(portable, all)) {
      String table = types == all ? "loaded_as_text" : "loaded_in_binary";
      comparison(types).assertEqual(table, columns(types, true), "id");
      comparison(types).assertCanonical(table);
    }
  }

  @Test
  void insertsEveryTypeInFewRowsAndInMany() throws Exception {
    onSource(inserts(all, "inserted", 0));
    crossing.awaitApplied();
    List<String> many = new ArrayList<>();
    for (int id = 1000; many.size() < MANY; id += 100) {
      many.addAll(List.of(inserts(all, "inserted", id)));
    }
    world.databases.inOneTransaction(many.toArray(String[]::new));
    crossing.awaitApplied();

    comparison(all).assertEqual("inserted", columns(all, true), "id");
    comparison(all).assertCanonical("inserted");
  }

  @Test
  void updatesEveryTypeToAndFromEveryValueAndNull() throws Exception {
    for (int id = 0; id <= all.size(); id++) {
      onSource(all.update("updated", id, (id + 1) % (all.size() + 1)));
    }
    crossing.awaitApplied();
    comparison(all).assertEqual("updated", columns(all, true), "id");

    onSource("DELETE FROM updated WHERE id % 2 = 0", "UPDATE updated SET id = -id");
    crossing.awaitApplied();
    comparison(all).assertEqual("updated", columns(all, true), "id");
  }

  @Test
  void findsRowsByKeysOfEveryTypeThatCanBeOne() throws Exception {
    List<TypeTables> keys = all.keys();
    for (int k = 0; k < keys.size(); k++) {
      for (int number = 0; number < keys.get(k).size(); number++) {
        onSource(keys.get(k).insertKeyed("key" + k, number));
      }
    }
    crossing.awaitApplied();
    for (int k = 0; k < keys.size(); k++) {
      String table = "key" + k;
      onSource(
          "UPDATE " + table + " SET n = n + 1",
          "UPDATE " + table + " SET n = 7 WHERE ctid = (SELECT max(ctid) FROM " + table + ")",
          "DELETE FROM " + table + " WHERE n <> 7");
      List<TypeRow> columns = keys.get(k).rows();
      for (int c = 0; c < columns.size(); c++) {
        onSource("UPDATE %s SET c%d = %s WHERE n = 7".formatted(table, c, columns.get(c).sql(0)));
      }
    }
    crossing.awaitApplied();

    for (int k = 0; k < keys.size(); k++) {
      List<String> columns = columns(keys.get(k), false);
      comparison(keys.get(k)).assertEqual("key" + k, columns, text(columns));
    }
  }

  @Test
  void findsRowsWithoutAKeyByTheirValuesOfEveryType() throws Exception {
    for (int number = 0; number <= all.size(); number++) {
      onSource(all.insertKeyless("keyless", number), all.insertKeyless("keyless", number));
    }
    crossing.awaitApplied();
    onSource(
        "UPDATE keyless SET n = 1 WHERE ctid IN (SELECT min(ctid) FROM keyless GROUP BY "
            + text(columns(all, false))
            + ")",
        "DELETE FROM keyless WHERE n = 0");
    crossing.awaitApplied();

    List<String> columns = columns(all, false);
    comparison(all).assertEqual("keyless", columns, text(columns));
    assertThat(world.databases.targetText("SELECT count(*), sum(n) FROM keyless"))
        .isEqualTo((all.size() + 1) + "|" + (all.size() + 1));
  }

  @Test
  void leavesLargeValuesOfEveryTypeThatDoNotChangeAsTheyAre() throws Exception {
    onSource(all.insertOutside("outside", 2));
    List<String> inside =
        all.outsideColumns().stream()
            .map(column -> "pg_column_toast_chunk_id(" + column + ") IS NULL")
            .toList();
    assertThat(
            world.databases.sourceText(
                "SELECT count(*) FROM outside WHERE " + String.join(" OR ", inside)))
        .as("rows with values that are not outside of them")
        .isEqualTo("0");

    onSource("UPDATE outside SET n = 1", "UPDATE outside SET id = 3 WHERE id = 2");
    crossing.awaitApplied();

    comparison(all).assertEqual("outside", all.outsideColumns(), "id");
    assertThat(world.databases.targetText("SELECT id, n FROM outside ORDER BY id"))
        .isEqualTo("1|1\n3|1");
  }

  private static String[] inserts(TypeTables types, String table, int from) {
    return IntStream.rangeClosed(0, types.size())
        .mapToObj(number -> types.insert(table, from + number, number))
        .toArray(String[]::new);
  }

  private static List<String> columns(TypeTables types, boolean arrays) {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < types.rows().size(); i++) {
      columns.add("c" + i);
      if (arrays) {
        columns.add("a" + i);
      }
    }
    return columns;
  }

  private static String text(List<String> columns) {
    return columns.stream()
        .map(column -> column + "::pg_catalog.text COLLATE \"C\"")
        .collect(Collectors.joining(", "));
  }

  private ValueComparison comparison(TypeTables types) {
    return new ValueComparison(world.databases, types);
  }

  private void onSource(String... statements) throws Exception {
    world.databases.onSource(statements);
  }

  private void onBoth(String... statements) throws Exception {
    world.databases.onBoth(statements);
  }
}
