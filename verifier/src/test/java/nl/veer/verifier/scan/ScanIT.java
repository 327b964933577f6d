package nl.veer.verifier.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import nl.veer.verifier.value.Tolerance;
import nl.veer.verifier.value.Tolerances;
import nl.veer.verifier.verdict.Difference;
import nl.veer.verifier.verdict.Difference.Kind;
import nl.veer.verifier.verdict.Exclusion;
import nl.veer.verifier.verdict.RowKey;
import nl.veer.verifier.verdict.ScanStatement;
import nl.veer.verifier.verdict.TableStatement;
import nl.veer.verifier.verdict.UnknownReason;
import nl.veer.verifier.verdict.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a scan of two databases says, with nobody writing. */
class ScanIT {
  private static final String[] ALL_KINDS = {
    "CREATE TYPE mood AS ENUM ('sad', 'ok', 'glad')",
    "CREATE TABLE by_int (id int PRIMARY KEY, v text)",
    "INSERT INTO by_int SELECT i, 'row ' || i FROM generate_series(-20, 30) i",
    "CREATE TABLE by_uuid (id uuid PRIMARY KEY, v text)",
    "INSERT INTO by_uuid SELECT md5(i::text)::uuid, i FROM generate_series(1, 50) i",
    "CREATE TABLE by_two (a bigint, b timestamptz, v text, PRIMARY KEY (b, a))",
    "INSERT INTO by_two SELECT i, TIMESTAMPTZ '2024-01-01Z' + (i / 5) * INTERVAL '1 us', i"
        + " FROM generate_series(1, 50) i",
    "CREATE TABLE by_text (id text PRIMARY KEY, v int)",
    "INSERT INTO by_text SELECT chr(64 + i) || ' ä' || i, i FROM generate_series(1, 50) i",
    "CREATE TABLE by_enum (id mood PRIMARY KEY)",
    "INSERT INTO by_enum VALUES ('sad'), ('glad')",
    "CREATE TABLE by_numeric (id numeric PRIMARY KEY)",
    "INSERT INTO by_numeric SELECT i / 7.0 FROM generate_series(-20, 20) i",
    "INSERT INTO by_numeric VALUES ('NaN'), ('Infinity')",
    "CREATE TABLE by_float (id float8 PRIMARY KEY)",
    "INSERT INTO by_float SELECT i / 7.0 FROM generate_series(-20, 20) i",
    "CREATE TABLE by_bytea (id bytea PRIMARY KEY)",
    "INSERT INTO by_bytea SELECT decode(md5(i::text), 'hex') FROM generate_series(1, 20) i",
    "CREATE TABLE by_char (id char(5) PRIMARY KEY)",
    "INSERT INTO by_char SELECT i FROM generate_series(1, 20) i",
    "CREATE TABLE by_bool (id boolean PRIMARY KEY)",
    "INSERT INTO by_bool VALUES (true), (false)",
    "CREATE TABLE without_key (a int, b text)",
    "INSERT INTO without_key SELECT i % 5, NULL FROM generate_series(1, 40) i",
    "CREATE TABLE \"Odd \"\"name\" (\"a b\" int PRIMARY KEY, \"C\"\"d\" text,"
        + " twice int GENERATED ALWAYS AS (\"a b\" * 2) STORED)",
    "INSERT INTO \"Odd \"\"name\" SELECT i, 'x' FROM generate_series(1, 20) i",
    "CREATE TABLE parted (id int, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at)",
    "CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
    "CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
    "INSERT INTO parted SELECT i, DATE '2024-12-20' + i FROM generate_series(1, 25) i",
    "CREATE TABLE empty (id int PRIMARY KEY)"
  };

  @Test
  void equalTablesOfAllKindsOfKeysAreEqualAtOnePosition() throws SQLException {
    ScanStatement statement = ScanWorld.create().onBoth(ALL_KINDS).scanned();

    assertThat(statement.tables())
        .allSatisfy(table -> assertThat(table.verdict()).isEqualTo(Verdict.equal()))
        .allSatisfy(table -> assertThat(table.source()).isEqualTo(table.target()))
        .hasSize(14);
    assertThat(statement.verdict()).isEqualTo(Verdict.equal());
    assertThat(statement.onePosition()).isTrue();
    assertThat(row(statement, "by_int").source().rows()).isEqualTo(51);
    assertThat(row(statement, "by_int").chunks()).isEqualTo(8);
    assertThat(row(statement, "by_two").chunks()).isGreaterThan(5);
    assertThat(row(statement, "by_text").chunks()).as("in the order of C").isGreaterThan(5);
    assertThat(row(statement, "empty").source().rows()).isZero();
  }

  private static TableStatement row(ScanStatement statement, String table) {
    return statement.tables().stream()
        .filter(one -> one.table().name().equals(table))
        .findFirst()
        .orElseThrow();
  }

  /** Column's type, what the source holds, what the target holds. */
  private static final String[][] SMALLEST_CHANGES = {
    {"int", "4", "5"},
    {"bigint", "4611686018427387904", "4611686018427387905"},
    {"text", "NULL", "''"},
    {"text", "'a'", "'a '"},
    {"text", "'a'", "'A'"},
    {"text", "'é'", "'e' || chr(769)"},
    {"char(5)", "'a'", "NULL"},
    {"numeric", "1.0", "1.00"},
    {"numeric", "'NaN'", "'Infinity'"},
    {"float8", "0", "'-0'"},
    {"float8", "0.1", "0.10000000000000002"},
    {"float4", "0.1", "0.10000001"},
    {"int[]", "ARRAY[1,2]", "ARRAY[2,1]"},
    {"int[]", "ARRAY[1,NULL]", "ARRAY[1]"},
    {"text[]", "ARRAY['NULL']", "ARRAY[NULL]::text[]"},
    {"text[]", "ARRAY['a,b']", "ARRAY['a','b']"},
    {"mood", "'ok'", "'glad'"},
    {"timestamptz", "'2024-03-31 01:30Z'", "'2024-03-31 02:30Z'"},
    {"timestamp", "'2024-01-01 00:00:00.000001'", "'2024-01-01 00:00:00.000002'"},
    {"interval", "'1 day'", "'24 hours'"},
    {"bytea", "'\\x00ff'", "'\\x00fe'"},
    {"bit varying(9)", "B'101'", "B'1010'"},
    {"json", "'{\"a\":1}'", "'{\"a\": 1}'"},
    {"jsonb", "'{\"a\":1}'", "'{\"a\":1.0}'"}
  };

  @Test
  void theSmallestChangeOfEachTypeIsFoundWithItsColumn() throws SQLException {
    ScanWorld world = ScanWorld.create();
    world.onBoth("CREATE TYPE mood AS ENUM ('sad', 'ok', 'glad')");
    for (int i = 0; i < SMALLEST_CHANGES.length; i++) {
      String[] change = SMALLEST_CHANGES[i];
      world.onBoth(
          "CREATE TABLE t%d (id int PRIMARY KEY, first text, v %s, last text)"
              .formatted(i, change[0]),
          "INSERT INTO t%d SELECT generate_series(1, 30)".formatted(i));
      world.onSource("UPDATE t%d SET v = %s WHERE id = 17".formatted(i, change[1]));
      world.onTarget("UPDATE t%d SET v = %s WHERE id = 17".formatted(i, change[2]));
    }

    ScanStatement statement = world.scanned();

    for (int i = 0; i < SMALLEST_CHANGES.length; i++) {
      assertThat(row(statement, "t" + i).differences())
          .as(String.join(" ", SMALLEST_CHANGES[i]))
          .containsExactly(
              new Difference(new RowKey(List.of("17")), Difference.Kind.VALUES, List.of("v")));
    }
    assertThat(statement.verdict()).isEqualTo(new Verdict.Different(SMALLEST_CHANGES.length));
  }

  @Test
  void theSameShiftInAnEvenNumberOfRowsDoesNotCancel() throws SQLException {
    ScanWorld world = ScanWorld.create();
    world.onBoth(
        "CREATE TABLE t (id int PRIMARY KEY, at timestamptz)",
        "INSERT INTO t SELECT i, '2024-01-01Z' FROM generate_series(1, 8) i");
    world.onTarget("UPDATE t SET at = at + INTERVAL '1 hour'");

    assertThat(world.only().verdict()).isEqualTo(new Verdict.Different(8));
  }

  @Test
  void swappedValuesOfTwoRowsAreFound() throws SQLException {
    ScanWorld world = ScanWorld.create();
    world.onBoth("CREATE TABLE t (id int PRIMARY KEY, v text)");
    world.onSource("INSERT INTO t VALUES (1, 'a'), (2, 'b')");
    world.onTarget("INSERT INTO t VALUES (1, 'b'), (2, 'a')");

    assertThat(world.only().verdict()).isEqualTo(new Verdict.Different(2));
  }

  @Test
  void rowsAtTheBoundsAreSeen() throws SQLException {
    ScanWorld world = ScanWorld.create();
    int[] extra = {0, 31};
    int[] missing = {1, 30, 7, 8};
    for (int id : new int[] {0, 1, 7, 8, 30, 31}) {
      world.onBoth(
          "CREATE TABLE t%d (id int PRIMARY KEY)".formatted(id),
          "INSERT INTO t%d SELECT generate_series(1, 30)".formatted(id));
    }
    for (int id : extra) {
      world.onTarget("INSERT INTO t%d VALUES (%d)".formatted(id, id));
    }
    for (int id : missing) {
      world.onTarget("DELETE FROM t%d WHERE id = %d".formatted(id, id));
    }

    ScanStatement statement = world.scanned();

    for (int id : extra) {
      assertThat(row(statement, "t" + id).differences()).containsExactly(row(id, Kind.EXTRA));
    }
    for (int id : missing) {
      assertThat(row(statement, "t" + id).differences()).containsExactly(row(id, Kind.MISSING));
    }
  }

  private static Difference row(int id, Kind kind) {
    return new Difference(new RowKey(List.of(String.valueOf(id))), kind, List.of());
  }

  @Test
  void aRowMoreOrLessOfATableWithoutAKeyIsFound() throws SQLException {
    ScanWorld world = ScanWorld.create();
    world.onBoth(
        "CREATE TABLE t (v text)", "INSERT INTO t SELECT 'same' FROM generate_series(1, 4)");
    world.onSource("INSERT INTO t VALUES ('same'), (NULL)");
    world.onTarget("INSERT INTO t VALUES ('')");

    TableStatement table = world.only();

    assertThat(table.verdict()).isEqualTo(new Verdict.Different(3));
    assertThat(table.source().rows()).isEqualTo(6);
    assertThat(table.differences())
        .extracting(Difference::kind)
        .containsExactlyInAnyOrder(
            Difference.Kind.MISSING, Difference.Kind.MISSING, Difference.Kind.EXTRA);
  }

  @Test
  void aDoubledRowIsFoundWhereTheTargetHasNoKey() throws SQLException {
    ScanWorld world = ScanWorld.create();
    world.onSource("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1), (2)");
    world.onTarget("CREATE TABLE t (id int NOT NULL)", "INSERT INTO t VALUES (1), (2), (2)");

    assertThat(world.only().verdict()).isEqualTo(new Verdict.Different(1));
  }

  @Test
  void anEmptySideIsCountedAndDiffers() throws SQLException {
    ScanWorld world = ScanWorld.create();
    world.onBoth("CREATE TABLE a (id int PRIMARY KEY)", "CREATE TABLE b (v int)");
    world.onSource("INSERT INTO a SELECT generate_series(1, 20)");
    world.onTarget("INSERT INTO b SELECT generate_series(1, 20)");

    ScanStatement statement = world.scanned();

    assertThat(row(statement, "a").verdict()).isEqualTo(new Verdict.Different(20));
    assertThat(row(statement, "a").target().rows()).isZero();
    assertThat(row(statement, "b").verdict()).isEqualTo(new Verdict.Different(20));
    assertThat(row(statement, "b").source().rows()).isZero();
    assertThat(statement.verdict()).isEqualTo(new Verdict.Different(40));
  }

  @Test
  void aTableThatOnlyOneSideHasIsUnknown() throws SQLException {
    ScanWorld world = ScanWorld.create();
    world.onSource("CREATE TABLE a (id int PRIMARY KEY)");
    world.onTarget("CREATE TABLE b (id int PRIMARY KEY)");

    ScanStatement statement = world.scanned();

    assertThat(statement.tables())
        .hasSize(2)
        .allSatisfy(table -> assertThat(reason(table.verdict())).isEqualTo(UnknownReason.ERROR));
    assertThat(reason(statement.verdict())).isEqualTo(UnknownReason.ERROR);
  }

  @Test
  void nothingToCompareIsUnknown() throws SQLException {
    assertThat(reason(ScanWorld.create().scanned().verdict()))
        .isEqualTo(UnknownReason.NEVER_SCANNED);
  }

  @Test
  void moreDifferencesThanAnybodyReadsAreCounted() throws SQLException {
    ScanWorld world = ScanWorld.create();
    world.onBoth("CREATE TABLE t (id int PRIMARY KEY)");
    world.onSource("INSERT INTO t SELECT generate_series(1, 3000)");

    TableStatement table =
        world.scan(ScanWorld.smallChunks(100_000)).run(List.of()).tables().get(0);

    assertThat(table.differences()).hasSize(ChunkOutcome.MAX_DIFFERENCES);
    assertThat(table.differing() + table.unexamined()).isEqualTo(3000);
  }

  @Test
  void aColumnThatOnlyTheTargetHasIsNotPassedOver() throws SQLException {
    ScanWorld world = ScanWorld.create();
    world.onBoth("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
    world.onTarget("ALTER TABLE t ADD COLUMN own text");

    assertThat(world.scan(ScanWorld.smallChunks(7)).run(List.of()).verdict().word())
        .isEqualTo("UNKNOWN");
  }

  @Test
  void tablesThatNoLogHoldsAreComparedToo() throws SQLException {
    ScanWorld world = ScanWorld.create();
    world.onBoth("CREATE UNLOGGED TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
    world.onTarget("INSERT INTO t VALUES (2)");

    assertThat(world.scan(ScanWorld.smallChunks(7)).run(List.of()).verdict())
        .isEqualTo(new Verdict.Different(1));
  }

  @Test
  void columnsThatAreLeftOutAreListedWithTheirRows() throws SQLException {
    ScanWorld world = ScanWorld.create();
    world.onBoth(
        "CREATE TABLE t (id int PRIMARY KEY, v int)",
        "INSERT INTO t SELECT generate_series(1, 20)");
    world.onTarget("UPDATE t SET v = 1", "ALTER TABLE t ADD COLUMN own text");
    ScanConfig config =
        new ScanConfig(
            1,
            7,
            0,
            new Tolerances(
                List.of(
                    new Tolerance.LeftOut(ScanWorld.table("t"), "v"),
                    new Tolerance.LeftOut(ScanWorld.table("t"), "own"))));

    TableStatement table = world.scan(config).run(List.of()).tables().get(0);

    assertThat(table.verdict()).isEqualTo(Verdict.equal());
    assertThat(table.exclusions())
        .extracting(Exclusion::column, Exclusion::rows)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("v", 20L),
            org.assertj.core.groups.Tuple.tuple("own", 20L));
  }

  /** 0.125 and 0.12 are one to a ledger that rounds half to even; so they must be to a scan. */
  @Test
  void columnsAreRoundedHalfToEvenAndListedWithTheirRows() throws SQLException {
    ScanWorld world = ScanWorld.create();
    world.onBoth("CREATE TABLE t (id int PRIMARY KEY, n numeric, f float8, w numeric(12, 4))");
    world.onSource(
        "INSERT INTO t VALUES (1, 0.125, 0.125, 1.0049), (2, 0.135, -0.375, 2),"
            + " (3, 'NaN', 'Infinity', -0.005), (4, 12345678901234567890.995, 1e300, NULL)");
    world.onTarget(
        "INSERT INTO t VALUES (1, 0.12, 0.12, 1), (2, 0.14, -0.38, 2.001),"
            + " (3, 'NaN', 'Infinity', 0), (4, 12345678901234567891, 1e300, NULL)");
    ScanConfig config = rounding(2);

    TableStatement equal = world.scan(config).run(List.of()).tables().get(0);
    world.onTarget("UPDATE t SET n = 0.13 WHERE id = 1", "UPDATE t SET f = 0 WHERE id = 2");
    TableStatement different = world.scan(config).run(List.of()).tables().get(0);

    assertThat(equal.verdict()).as("%s", equal).isEqualTo(Verdict.equal());
    assertThat(equal.exclusions())
        .extracting(Exclusion::column, Exclusion::why, Exclusion::rows)
        .contains(org.assertj.core.groups.Tuple.tuple("n", "rounded to 2 decimals", 4L));
    assertThat(different.verdict()).isEqualTo(new Verdict.Different(2));
    assertThat(different.differences())
        .extracting(nl.veer.verifier.verdict.Difference::columns)
        .containsExactlyInAnyOrder(List.of("n"), List.of("f"));
  }

  @Test
  void whatHoldsNoNumbersIsNotRoundedButUnknown() throws SQLException {
    ScanWorld world = ScanWorld.create();
    world.onBoth("CREATE TABLE t (id int PRIMARY KEY, n text, f text, w text)");

    TableStatement table = world.scan(rounding(2)).run(List.of()).tables().get(0);

    assertThat(reason(table.verdict())).isEqualTo(UnknownReason.ERROR);
    assertThat(table.verdict().toString()).contains("cannot be rounded");
  }

  private static ScanConfig rounding(int decimals) {
    return new ScanConfig(
        1,
        7,
        0,
        new Tolerances(
            java.util.stream.Stream.of("n", "f", "w")
                .<Tolerance>map(name -> new Tolerance.Rounded(ScanWorld.table("t"), name, decimals))
                .toList()));
  }

  /** Source's key type and a value that the target's cannot hold, and the target's type. */
  private static final String[][] KEYS_THE_TARGET_CANNOT_HOLD = {
    {"bigint", "5000000000", "int"},
    {"numeric", "12345.6", "numeric(5,1)"},
    {"varchar(20)", "'longer than five'", "varchar(5)"},
    {"wide", "'new'", "narrow"}
  };

  @Test
  void aKeyThatTheTargetCannotHoldIsMissingThere() throws SQLException {
    for (String[] key : KEYS_THE_TARGET_CANNOT_HOLD) {
      ScanWorld world =
          ScanWorld.create()
              .onBoth(
                  "CREATE TYPE wide AS ENUM ('old', 'new')", "CREATE TYPE narrow AS ENUM ('old')");
      world.onSource(
          "CREATE TABLE t (id %s PRIMARY KEY)".formatted(key[0]),
          "INSERT INTO t VALUES (%s)".formatted(key[1]));
      world.onTarget("CREATE TABLE t (id %s PRIMARY KEY)".formatted(key[2]));

      TableStatement table = world.only();

      assertThat(table.verdict()).as("%s: %s", key[0], table).isEqualTo(new Verdict.Different(1));
      assertThat(table.differences())
          .extracting(nl.veer.verifier.verdict.Difference::kind)
          .containsExactly(nl.veer.verifier.verdict.Difference.Kind.MISSING);
    }
  }

  @Test
  void aTableThatIsAllDifferentIsNotProvenRowByRow() throws SQLException {
    ScanWorld world = ScanWorld.create();
    world.onBoth("CREATE TABLE t (id int PRIMARY KEY, v int)");
    world.onSource("INSERT INTO t SELECT i, 0 FROM generate_series(1, 3000) i");
    world.onTarget("INSERT INTO t SELECT i, 1 FROM generate_series(1, 3000) i");

    TableStatement table =
        world.scan(new ScanConfig(1, 300, 0, Tolerances.NONE)).run(List.of()).tables().get(0);

    assertThat(table.differing()).isBetween(1_000L, 1_300L);
    assertThat(table.differences()).hasSize(1_000);
    assertThat(table.differing() + table.unexamined()).isEqualTo(3_000);
    assertThat(table.isExhaustive()).isFalse();
    assertThat(table.ranges().all())
        .hasSize(10)
        .allSatisfy(look -> assertThat(look.rows()).isEqualTo(300))
        .allSatisfy(look -> assertThat(look.differing() + look.unsettled()).isEqualTo(300));
  }

  @Test
  void whatFailsUnexpectedlyIsNoAnswerAndNoException() throws SQLException {
    ScanWorld world = ScanWorld.create().onBoth("CREATE TABLE t (id int PRIMARY KEY)");
    ScanRecords broken =
        new ScanRecords() {
          @Override
          public java.util.Optional<TableProgress> progress(nl.veer.connectors.event.TableId id) {
            throw new IllegalStateException("secret words");
          }

          @Override
          public void chunkDone(TableProgress progress) {}

          @Override
          public void tableDone(nl.veer.connectors.event.TableId id) {}
        };

    TableStatement table =
        new Scan(
                ScanConfig.standard(),
                world.endpoints(),
                nl.veer.verifier.scan.postgres.RowHash.random(),
                new LookSettlement(ScanWorld.PAUSE),
                broken,
                java.time.Clock.systemUTC())
            .run(List.of())
            .tables()
            .get(0);

    assertThat(reason(table.verdict())).isEqualTo(UnknownReason.ERROR);
    assertThat(table.verdict().toString()).contains("please report").doesNotContain("secret");
  }

  static @Nullable UnknownReason reason(Verdict verdict) {
    return verdict instanceof Verdict.Unknown unknown ? unknown.reason() : null;
  }
}
