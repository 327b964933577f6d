package nl.veer.control.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Values that PostgreSQL keeps outside the row and does not send again when they stay. */
class ToastIT {
  /** What Debezium writes by default for a value that it was not sent. */
  private static final String PLACEHOLDER = "__debezium_unavailable_value";

  private static final String[] WIDE = {
    "CREATE TABLE t (id int PRIMARY KEY, n int, txt text, bin bytea, doc jsonb, arr text[],"
        + " num numeric)",
    "ALTER TABLE t ALTER txt SET STORAGE EXTERNAL, ALTER bin SET STORAGE EXTERNAL,"
        + " ALTER doc SET STORAGE EXTERNAL, ALTER arr SET STORAGE EXTERNAL,"
        + " ALTER num SET STORAGE EXTERNAL"
  };
  private static final String LARGE =
      "INSERT INTO t SELECT i, 0, repeat(md5(i::text), 100), convert_to(repeat(md5(i::text), 100),"
          + " 'UTF8'), jsonb_build_object('k', repeat(md5(i::text), 100)),"
          + " ARRAY[repeat(md5(i::text), 100), NULL, ''],"
          + " (repeat('1234567890' || i, 1000) || '.50')::numeric FROM generate_series(%d, %d) i";
  private static final String SIZES =
      "SELECT id, n, length(txt), length(bin), length(doc->>'k'), length(arr[1]),"
          + " length(num::text) FROM t ORDER BY id";

  @Test
  @AtOnce
  void unchangedLargeValuesOfEveryTypeStay() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(WIDE)) {
      world.onSource(LARGE.formatted(1, 2));
      Crossing crossing = world.cross();

      world.onSource(
          LARGE.formatted(3, 4), "UPDATE t SET n = n + 1", "UPDATE t SET n = n + 1, txt = 'short'");
      world.inOneTransaction(
          "UPDATE t SET n = n + 1, bin = NULL WHERE id = 1",
          "UPDATE t SET n = n + 1, arr = '{}' WHERE id = 1",
          "INSERT INTO t SELECT 5, 0, txt, bin, doc, arr, num FROM t WHERE id = 3",
          "UPDATE t SET n = n + 1 WHERE id = 5",
          "UPDATE t SET n = n + 1 WHERE id = 5");

      crossing.awaitEqual();
      assertThat(
              world.sourceText(
                  "SELECT pg_relation_size(reltoastrelid) > 0 FROM pg_class"
                      + " WHERE oid = 't'::regclass"))
          .isEqualTo("t");
      assertThat(world.targetText(SIZES))
          .isEqualTo(
              """
              1|4|5|null|3200|null|11003
              2|2|5|3200|3200|3200|11003
              3|2|5|3200|3200|3200|11003
              4|2|5|3200|3200|3200|11003
              5|2|5|3200|3200|3200|11003""");
    }
  }

  @Test
  @AtOnce
  void aRealValueThatLooksLikeThePlaceholderIsAValue() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(WIDE)) {
      world.onSource(LARGE.formatted(1, 1));
      Crossing crossing = world.cross();

      world.onSource(
          "INSERT INTO t VALUES (2, 0, '@', '@', '\"@\"', '{@}', 0)".replace("@", PLACEHOLDER),
          "UPDATE t SET n = 1",
          "UPDATE t SET n = 2, txt = '@', bin = '@', doc = '\"@\"', arr = '{@,@}'"
              .replace("@", PLACEHOLDER),
          "UPDATE t SET n = 3");

      crossing.awaitEqual();
      assertThat(world.targetText("SELECT id, n, txt, doc FROM t ORDER BY id"))
          .isEqualTo("1|3|@|\"@\"\n2|3|@|\"@\"".replace("@", PLACEHOLDER));
    }
  }

  @Test
  @AtOnce
  void aRowMovesToAnotherKeyWithItsUnchangedLargeValues() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(WIDE)) {
      world.onSource(LARGE.formatted(1, 3));
      Crossing crossing = world.cross();

      world.onSource("UPDATE t SET id = 11 WHERE id = 1");
      world.inOneTransaction(
          "UPDATE t SET id = 12 WHERE id = 2",
          "UPDATE t SET n = 7 WHERE id = 12",
          "UPDATE t SET id = 13 WHERE id = 12",
          "UPDATE t SET id = 2 WHERE id = 3");

      crossing.awaitEqual();
      assertThat(world.targetText(SIZES))
          .isEqualTo(
              """
              2|0|3200|3200|3200|3200|11003
              11|0|3200|3200|3200|3200|11003
              13|7|3200|3200|3200|3200|11003""");
    }
  }

  @Test
  @AtOnce
  void aTableWithFullIdentitySendsItsLargeValues() throws Exception {
    try (CrossingWorld world = CrossingWorld.with(WIDE)) {
      world.onBoth("ALTER TABLE t REPLICA IDENTITY FULL");
      world.onSource(LARGE.formatted(1, 2));
      Crossing crossing = world.cross();

      world.onSource("UPDATE t SET n = 5", "UPDATE t SET id = 9 WHERE id = 1");

      crossing.awaitEqual();
      assertThat(world.targetText("SELECT id, n, length(txt) FROM t ORDER BY id"))
          .isEqualTo("2|5|3200\n9|5|3200");
    }
  }
}
