package nl.veer.control.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How rows are found again: keys, unique values, identities, and none of them. */
class KeysIT {
  @Test
  @AtOnce
  void aRowMovesToAnotherKey() throws Exception {
    try (CrossingWorld world = CrossingWorld.with("CREATE TABLE t (id int PRIMARY KEY, v text)")) {
      world.onSource("INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')");
      Crossing crossing = world.cross();

      world.onSource("UPDATE t SET id = 10, v = 'moved' WHERE id = 1");
      world.inOneTransaction(
          "UPDATE t SET id = 4 WHERE id = 3",
          "UPDATE t SET id = 3 WHERE id = 2",
          "INSERT INTO t VALUES (2, 'new')",
          "DELETE FROM t WHERE id = 4");
      world.onSource("UPDATE t SET id = id + 100");

      crossing.awaitEqual();
      assertThat(world.targetText("SELECT id, v FROM t ORDER BY id"))
          .isEqualTo("102|new\n103|b\n110|moved");
    }
  }

  @Test
  @AtOnce
  void keysAndUniqueValuesSwapInsideOneTransaction() throws Exception {
    try (CrossingWorld world =
        CrossingWorld.with("CREATE TABLE t (id int PRIMARY KEY, code text UNIQUE NOT NULL)")) {
      world.onSource("INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')");
      Crossing crossing = world.cross();

      world.inOneTransaction(
          "UPDATE t SET code = 'x' WHERE id = 1",
          "UPDATE t SET code = 'a' WHERE id = 2",
          "UPDATE t SET code = 'b' WHERE id = 1");
      world.inOneTransaction(
          "UPDATE t SET id = -1 WHERE id = 1",
          "UPDATE t SET id = 1 WHERE id = 3",
          "UPDATE t SET id = 3 WHERE id = -1");

      crossing.awaitEqual();
      assertThat(world.targetText("SELECT id, code FROM t ORDER BY id")).isEqualTo("1|c\n2|a\n3|b");
    }
  }

  @Test
  @AtOnce
  void deferrableUniqueValuesMoveThroughEachOther() throws Exception {
    String[] tables = {
      "CREATE TABLE late (id int PRIMARY KEY, p int UNIQUE DEFERRABLE INITIALLY DEFERRED)",
      "CREATE TABLE soon (id int PRIMARY KEY, p int UNIQUE DEFERRABLE INITIALLY IMMEDIATE)",
      "CREATE TABLE now (id int PRIMARY KEY, p int UNIQUE)"
    };
    try (CrossingWorld world = CrossingWorld.with(tables)) {
      for (String table : new String[] {"late", "soon", "now"}) {
        world.onSource("INSERT INTO " + table + " SELECT i, i FROM generate_series(1, 5) i");
      }
      Crossing crossing = world.cross();

      world.onSource("UPDATE soon SET p = p + 1");
      world.inOneTransaction(
          "UPDATE late SET p = 2 WHERE id = 1",
          "UPDATE late SET p = 1 WHERE id = 2",
          "UPDATE soon SET p = p + 1",
          "UPDATE now SET p = -1 WHERE id = 1",
          "UPDATE now SET p = 1 WHERE id = 2",
          "UPDATE now SET p = 2 WHERE id = 1");

      crossing.awaitEqual();
      assertThat(world.targetText("SELECT string_agg(p::text, ',' ORDER BY id) FROM soon"))
          .isEqualTo("3,4,5,6,7");
      assertThat(world.targetText("SELECT string_agg(p::text, ',' ORDER BY id) FROM late"))
          .isEqualTo("2,1,3,4,5");
    }
  }

  @Test
  @AtOnce
  void withoutAKeyOneOfEqualRowsGoesAndOneChanges() throws Exception {
    try (CrossingWorld world =
        CrossingWorld.with(
            "CREATE TABLE t (a int, b text, c jsonb, d float8)",
            "ALTER TABLE t REPLICA IDENTITY FULL")) {
      world.onSource(
          "INSERT INTO t SELECT 1, NULL, '{\"x\": 1}', 'NaN' FROM generate_series(1, 3)");
      Crossing crossing = world.cross();

      String one = " WHERE ctid = (SELECT min(ctid) FROM t WHERE a = 1)";
      world.onSource(
          "INSERT INTO t VALUES (2, '', NULL, '-0'), (2, '', NULL, '-0'), (2, NULL, NULL, 0)",
          "DELETE FROM t" + one,
          "UPDATE t SET b = 'changed'" + one);
      world.inOneTransaction(
          "INSERT INTO t VALUES (3, 'twice', '[]', 1), (3, 'twice', '[]', 1)",
          "DELETE FROM t WHERE ctid = (SELECT min(ctid) FROM t WHERE a = 3)",
          "DELETE FROM t WHERE ctid = (SELECT min(ctid) FROM t WHERE a = 2 AND b = '')");

      crossing.awaitEqual();
      assertThat(world.targetText("SELECT a, b, d FROM t ORDER BY a, b NULLS FIRST"))
          .isEqualTo("1|null|NaN\n1|changed|NaN\n2|null|0\n2||-0\n3|twice|1");
    }
  }

  @Test
  @AtOnce
  void withoutAKeyRowsThatOnlyCompareEqualAreToldApart() throws Exception {
    try (CrossingWorld world =
        CrossingWorld.with(
            "CREATE TABLE t (d float8, n numeric, j json, p point, c char(3))",
            "ALTER TABLE t REPLICA IDENTITY FULL")) {
      String cross =
          "INSERT INTO t SELECT d, n, j, '(1,1)', 'a' FROM unnest('{0,-0}'::float8[]) d,"
              + " unnest('{1.0,1.00}'::numeric[]) n, unnest(ARRAY['[1]', '[ 1]']::json[]) j";
      world.onSource(cross);
      Crossing crossing = world.cross();

      String which = " WHERE ROW(d, n, j)::text = ";
      world.onSource(
          "DELETE FROM t" + which + "'(-0,1.00,[1])'",
          "UPDATE t SET c = 'b'" + which + "'(0,1.0,\"[ 1]\")'",
          "UPDATE t SET n = 1.000" + which + "'(-0,1.0,[1])'",
          "UPDATE t SET p = '(1.0000001,1)'" + which + "'(0,1.00,[1])'");

      crossing.awaitEqual();
      assertThat(world.targetText("SELECT count(*) FROM t" + which + "'(-0,1.00,[1])'"))
          .isEqualTo("0");
      assertThat(world.targetText("SELECT count(*) FROM t")).isEqualTo("7");
    }
  }

  @Test
  @AtOnce
  void keysOfSeveralColumnsAndOfOtherTypesFindTheirRows() throws Exception {
    try (CrossingWorld world =
        CrossingWorld.with(
            "CREATE TABLE k_many (c int, a text, b uuid, v int, PRIMARY KEY (b, c, a))",
            "CREATE TABLE k_text (k text PRIMARY KEY, v int)",
            "CREATE TABLE k_char (k char(6) PRIMARY KEY, v int)",
            "CREATE TABLE k_numeric (k numeric PRIMARY KEY, v int)",
            "CREATE TABLE k_time (k timestamptz PRIMARY KEY, v int)",
            "CREATE TABLE k_bytes (k bytea PRIMARY KEY, v int)",
            "CREATE TABLE k_double (k float8 PRIMARY KEY, v int)")) {
      Crossing crossing = world.cross();

      world.onSource(
          "INSERT INTO k_many SELECT i, 'a' || i % 3, md5((i % 2)::text)::uuid, i"
              + " FROM generate_series(1, 20) i",
          "INSERT INTO k_text VALUES ('', 1), (' ', 1), ('a''b\\', 1), ('É', 1), ('E\u0301', 1)",
          "INSERT INTO k_char VALUES ('', 1), ('ab', 1)",
          "INSERT INTO k_numeric VALUES (1.0, 1), ('NaN', 1), ('Infinity', 1), (1e40, 1), (-0.5, 1)",
          "INSERT INTO k_time VALUES ('infinity', 1), ('0044-03-15 BC', 1),"
              + " ('2024-10-27 02:30:00.123456+02', 1), ('2024-10-27 02:30:00.123456+01', 1)",
          "INSERT INTO k_bytes VALUES ('', 1), ('\\x00', 1), ('\\x0000', 1)",
          "INSERT INTO k_double VALUES (0.1, 1), ('NaN', 1), (1e308, 1), (5e-324, 1)");
      world.onSource("UPDATE k_numeric SET k = 1.00 WHERE k = 1");
      world.inOneTransaction(
          "DELETE FROM k_numeric WHERE k = 1",
          "INSERT INTO k_numeric VALUES (1.000, 1)",
          "UPDATE k_numeric SET k = 1.0000 WHERE k = 1",
          "UPDATE k_numeric SET v = 5 WHERE k = 1");
      world.onSource("UPDATE k_many SET v = -v", "DELETE FROM k_many WHERE c > 10");
      for (String table : new String[] {"text", "char", "numeric", "time", "bytes", "double"}) {
        world.onSource(
            "UPDATE k_" + table + " SET v = 2",
            "DELETE FROM k_"
                + table
                + " WHERE k = (SELECT k FROM k_"
                + table
                + " ORDER BY k LIMIT 1)");
      }

      crossing.awaitEqual();
      assertThat(world.targetText("SELECT count(*), sum(v) FROM k_many")).isEqualTo("10|-55");
      assertThat(world.targetText("SELECT count(*), min(v) FROM k_time")).isEqualTo("3|2");
      assertThat(world.targetText("SELECT count(*), min(v) FROM k_numeric")).isEqualTo("4|2");
    }
  }

  @Test
  @AtOnce
  void aUniqueIndexServesAsIdentity() throws Exception {
    try (CrossingWorld world =
        CrossingWorld.with(
            "CREATE TABLE t (id int PRIMARY KEY, code text NOT NULL, v text)",
            "CREATE UNIQUE INDEX t_code ON t (code)",
            "ALTER TABLE t REPLICA IDENTITY USING INDEX t_code",
            "CREATE TABLE u (code text NOT NULL, v text)",
            "CREATE UNIQUE INDEX u_code ON u (code)",
            "ALTER TABLE u REPLICA IDENTITY USING INDEX u_code")) {
      world.onSource("INSERT INTO t VALUES (1, 'a', 'x'), (2, 'b', 'x'), (3, 'c', 'x')");
      Crossing crossing = world.cross();

      world.onSource(
          "INSERT INTO u VALUES ('k', '1'), ('l', '1')",
          "UPDATE t SET v = 'y' WHERE id = 1",
          "UPDATE t SET id = 20 WHERE id = 2",
          "UPDATE t SET code = 'C' WHERE id = 3",
          "UPDATE u SET code = 'K' WHERE code = 'k'",
          "DELETE FROM u WHERE code = 'l'",
          "DELETE FROM t WHERE id = 1");

      crossing.awaitEqual();
      assertThat(world.targetText("SELECT * FROM t ORDER BY id")).isEqualTo("3|C|x\n20|b|x");
      assertThat(world.targetText("SELECT * FROM u")).isEqualTo("K|1");
    }
  }

  @Test
  @AtOnce
  void namesMayHoldAnything() throws Exception {
    String schema = "\"Wärehouse, \"\"new\"\" $1\"";
    String one = schema + ".\"Order's (1) .*\"";
    String other = schema + ".\"Order s  1  ..\"";
    String columns =
        "(\"Id\" int PRIMARY KEY, \"a b\" text, \"a_b\" text, \"a-b\" text, \"Ñ€🛳\" text,"
            + " \"q\"\"q\" text, \"before\" text, \"select\" text, \"%s ? ${x}\" text)";
    try (CrossingWorld world =
        CrossingWorld.with(
            "CREATE SCHEMA " + schema,
            "CREATE TABLE " + one + columns,
            "CREATE TABLE " + other + columns)) {
      world.onSource("INSERT INTO " + one + " VALUES (1, '1', '2', '3', '4', '5', '6', '7', '8')");
      Crossing crossing = world.cross();

      world.onSource(
          "INSERT INTO " + one + " VALUES (2, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h')",
          "INSERT INTO " + other + " VALUES (1, 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H')",
          "UPDATE " + one + " SET \"a_b\" = 'β', \"Ñ€🛳\" = NULL",
          "UPDATE " + one + " SET \"Id\" = 3 WHERE \"Id\" = 2",
          "DELETE FROM " + one + " WHERE \"Id\" = 1");

      crossing.awaitEqual();
      assertThat(world.targetText("SELECT * FROM " + one)).isEqualTo("3|a|β|c|null|e|f|g|h");
      assertThat(world.targetText("SELECT * FROM " + other)).isEqualTo("1|A|B|C|D|E|F|G|H");
    }
  }
}
