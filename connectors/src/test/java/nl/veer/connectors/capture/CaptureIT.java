package nl.veer.connectors.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import nl.veer.connectors.event.ChangeEvent;
import nl.veer.connectors.event.ColumnEncoding;
import nl.veer.connectors.event.LogEvent;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.Marker;
import nl.veer.connectors.event.RowChanged;
import nl.veer.connectors.event.RowDeleted;
import nl.veer.connectors.event.RowImage;
import nl.veer.connectors.event.RowInserted;
import nl.veer.connectors.event.RowType;
import nl.veer.connectors.event.RowUpdated;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.TableTruncated;
import nl.veer.connectors.event.TransactionBegin;
import nl.veer.connectors.event.TransactionEnd;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each kind of change through a real source, broker and registry. */
class CaptureIT {
  private static CaptureWorld world;

  @BeforeAll
  static void begin() {
    world = CaptureWorld.shared();
  }

  @Test
  void carriesEachKindOfChangeInCommitOrder() throws Exception {
    CaptureWorld.Source source = world.source(CaptureWorld.TABLE);
    try (CaptureWorld.Running running = source.start("t")) {
      source.sql(
          "INSERT INTO t VALUES (1, 'a'), (2, NULL)",
          "UPDATE t SET v = 'b' WHERE id = 1",
          "UPDATE t SET id = 3 WHERE id = 2",
          "DELETE FROM t WHERE id = 1",
          "TRUNCATE t");

      List<ChangeEvent> changes = source.changes(6);

      assertThat(changes).hasSize(6);
      assertThat(row(((RowInserted) changes.get(0)).after())).containsExactly(1, "a");
      assertThat(row(((RowInserted) changes.get(1)).after())).containsExactly(2, null);
      RowUpdated update = (RowUpdated) changes.get(2);
      assertThat(update.before()).isNull();
      assertThat(row(update.after())).containsExactly(1, "b");
      RowUpdated rekeyed = (RowUpdated) changes.get(3);
      assertThat(row(rekeyed.before())).containsExactly(2, null);
      assertThat(row(rekeyed.after())).containsExactly(3, null);
      assertThat(row(((RowDeleted) changes.get(4)).before())).containsExactly(1, null);
      assertThat(changes.get(5)).isInstanceOf(TableTruncated.class);
      assertThat(running.failure).isNull();
    }
  }

  @Test
  void numbersTransactionsWithoutGapsAndCountsTheirChanges() throws Exception {
    CaptureWorld.Source source = world.source("CREATE TABLE t (id int PRIMARY KEY)");
    try (CaptureWorld.Running running = source.start("t")) {
      for (int i = 0; i < 20; i++) {
        source.sql(
            "INSERT INTO t SELECT g FROM generate_series(%d, %d) g"
                .formatted(i * 10, i * 10 + i % 4));
      }
      source.changes(50);
    }
    LogChecks.requireGaplessLog(world, source);
  }

  @Test
  void leavesUnchangedToastOutAndKeepsDebeziumsOwnPlaceholderAsAValue() throws Exception {
    CaptureWorld.Source source =
        world.source(
            "CREATE TABLE t (id int PRIMARY KEY, n int, big text, js jsonb, j json, by bytea,"
                + " arr text[], ints int[], num numeric, small text)",
            "ALTER TABLE t ALTER big SET STORAGE EXTERNAL, ALTER js SET STORAGE EXTERNAL,"
                + " ALTER j SET STORAGE EXTERNAL, ALTER by SET STORAGE EXTERNAL,"
                + " ALTER arr SET STORAGE EXTERNAL, ALTER ints SET STORAGE EXTERNAL,"
                + " ALTER num SET STORAGE EXTERNAL");
    try (CaptureWorld.Running running = source.start("t")) {
      source.sql(
          "INSERT INTO t SELECT 1, 1, repeat('x', 5000), to_jsonb(repeat('y', 5000)),"
              + " to_json(repeat('z', 5000)), decode(repeat('ab', 5000), 'hex'),"
              + " array_fill('q'::text, ARRAY[2000]), array_fill(7, ARRAY[2000]),"
              + " repeat('9', 9000)::numeric, '__debezium_unavailable_value'",
          "UPDATE t SET n = 2",
          "UPDATE t SET big = '__debezium_unavailable_value'",
          "UPDATE t SET id = 5");

      List<ChangeEvent> changes = source.changes(4);

      RowImage inserted = ((RowInserted) changes.get(0)).after();
      assertThat((String) value(inserted, "big")).hasSize(5000);
      assertThat((byte[]) value(inserted, "by")).hasSize(5000);
      assertThat((String) value(inserted, "num")).hasSize(9000);
      RowImage updated = ((RowUpdated) changes.get(1)).after();
      for (String column : List.of("big", "js", "j", "by", "arr", "ints", "num")) {
        assertThat(updated.isAbsent(updated.type().indexOf(column))).as(column).isTrue();
      }
      assertThat(value(updated, "n")).isEqualTo(2);
      assertThat(value(updated, "small")).isEqualTo("__debezium_unavailable_value");
      RowImage written = ((RowUpdated) changes.get(2)).after();
      assertThat(value(written, "big")).isEqualTo("__debezium_unavailable_value");
      RowUpdated rekeyed = (RowUpdated) changes.get(3);
      assertThat(value(rekeyed.before(), "id")).isEqualTo(1);
      assertThat(rekeyed.after().isAbsent(rekeyed.after().type().indexOf("js"))).isTrue();
      assertThat(running.failure).isNull();
    }
  }

  @Test
  void carriesValuesOfEachTypeExactly() throws Exception {
    String columns =
        "id int PRIMARY KEY, b bool, s int2, l int8, r float4, d float8, n numeric, tx text,"
            + " vc varchar(9), bp char(5), u uuid, js jsonb, da date, ti time, ts timestamp,"
            + " tz timestamptz, ttz timetz, iv interval, arr numeric[], texts text[], rng tstzrange,"
            + " ip inet, bits varbit, mo money, pt point, e mood, by bytea, x jsonpath, o oid";
    CaptureWorld.Source source =
        world.source("CREATE TYPE mood AS ENUM ('sad', 'ok')", "CREATE TABLE t (" + columns + ")");
    source.sql("ALTER DATABASE " + source.database + " SET bytea_output = 'escape'");
    source.sql("ALTER DATABASE " + source.database + " SET intervalstyle = 'sql_standard'");
    source.sql("ALTER DATABASE " + source.database + " SET datestyle = 'German'");
    try (CaptureWorld.Running running = source.start("t")) {
      source.sql(
          "SET datestyle = 'ISO'",
          "INSERT INTO t VALUES (1, true, -32768, 9223372036854775807, '1.17549435e-38',"
              + " '5e-324', 'NaN', E'tab\\t\\u20ac \\U0001F600', '', 'ab',"
              + " '00000000-0000-0000-0000-00000000000a', '{\"a\": [1, null, 1.0]}',"
              + " '0044-03-15 BC', '24:00:00', '0044-03-15 12:00:00.000001 BC',"
              + " '12024-01-01 00:00:00.5+00', '12:00:00.1+05:30',"
              + " '-1 year -2 mons +3 days -04:05:06.000007', '{1.0,NULL,NaN,Infinity}',"
              + " ARRAY['a,b', NULL, 'NULL', '\"', E'\\\\'], '[2020-01-01 00:00:00+00,infinity)',"
              + " '::1/128', B'1011', 12.34, '(1.5,-2)', 'ok', '\\x00ff', '$.\"a\"', 4294967295)",
          "INSERT INTO t (id, da, ts, tz, n, r, d, ti, iv) VALUES (2, 'infinity', '-infinity',"
              + " 'infinity', '-Infinity', 'NaN', '-Infinity', '00:00:00.000001', '0')",
          "INSERT INTO t (id, da, tz, n, iv) VALUES (3, '-infinity', '0001-01-01 00:00:00+00 BC',"
              + " '1.000', 'infinity')");

      List<ChangeEvent> changes = source.changes(3);

      RowImage one = ((RowInserted) changes.get(0)).after();
      assertThat(value(one, "b")).isEqualTo(true);
      assertThat(value(one, "s")).isEqualTo(-32768);
      assertThat(value(one, "l")).isEqualTo(Long.MAX_VALUE);
      assertThat(value(one, "r")).isEqualTo(Float.MIN_NORMAL);
      assertThat(value(one, "d")).isEqualTo(Double.MIN_VALUE);
      assertThat(value(one, "n")).isEqualTo("NaN");
      assertThat(value(one, "tx")).isEqualTo("tab\t\u20ac \uD83D\uDE00");
      assertThat(value(one, "vc")).isEqualTo("");
      assertThat(value(one, "bp")).isEqualTo("ab   ");
      assertThat(value(one, "u")).isEqualTo("00000000-0000-0000-0000-00000000000a");
      assertThat(value(one, "js")).isEqualTo("{\"a\": [1, null, 1.0]}");
      assertThat(value(one, "da")).isEqualTo((int) java.time.LocalDate.of(-43, 3, 15).toEpochDay());
      assertThat(value(one, "ti")).isEqualTo(86_400_000_000L);
      assertThat(value(one, "ts"))
          .isEqualTo(
              java.time.LocalDate.of(-43, 3, 15).toEpochDay() * 86_400_000_000L + 43_200_000_001L);
      assertThat(value(one, "tz")).isEqualTo("+12024-01-01T00:00:00.5Z");
      assertThat(value(one, "ttz")).isEqualTo("12:00:00.1+05:30");
      assertThat(value(one, "iv")).isEqualTo("-1 years -2 mons +3 days -04:05:06.000007");
      assertThat(value(one, "arr")).isEqualTo("{1.0,NULL,NaN,Infinity}");
      assertThat(value(one, "texts")).isEqualTo("{\"a,b\",NULL,\"NULL\",\"\\\"\",\"\\\\\"}");
      assertThat(value(one, "rng")).isEqualTo("[\"2020-01-01 00:00:00+00\",infinity)");
      assertThat(value(one, "ip")).isEqualTo("::1");
      assertThat(value(one, "bits")).isEqualTo("1011");
      assertThat(value(one, "mo")).isEqualTo("$12.34");
      assertThat(value(one, "pt")).isEqualTo("(1.5,-2)");
      assertThat(value(one, "e")).isEqualTo("ok");
      assertThat((byte[]) value(one, "by")).containsExactly(0, 0xff);
      assertThat(value(one, "x")).isEqualTo("$.\"a\"");
      assertThat(value(one, "o")).isEqualTo(4294967295L);
      RowImage two = ((RowInserted) changes.get(1)).after();
      assertThat(value(two, "da")).isEqualTo(Integer.MAX_VALUE);
      assertThat(value(two, "ts")).isEqualTo(org.postgresql.PGStatement.DATE_NEGATIVE_INFINITY);
      assertThat(value(two, "tz")).isEqualTo("infinity");
      assertThat(value(two, "n")).isEqualTo("-Infinity");
      assertThat(value(two, "r")).isEqualTo(Float.NaN);
      assertThat(value(two, "ti")).isEqualTo(1L);
      assertThat(value(two, "iv")).isEqualTo("00:00:00");
      assertThat(value(two, "e")).isNull();
      RowImage three = ((RowInserted) changes.get(2)).after();
      assertThat(value(three, "da")).isEqualTo(Integer.MIN_VALUE);
      assertThat(value(three, "tz")).isEqualTo("0000-01-01T00:00:00Z");
      assertThat(value(three, "n")).isEqualTo("1.000");
      assertThat(value(three, "iv")).isEqualTo("infinity");
      assertThat(encoding(one.type(), "n")).isEqualTo(ColumnEncoding.DATABASE_TEXT);
      assertThat(running.failure).isNull();
    }
  }

  @Test
  void keepsNullWhereTheColumnHasADefault() throws Exception {
    CaptureWorld.Source source =
        world.source(
            "CREATE TABLE t (id int PRIMARY KEY, v text DEFAULT 'd', n int DEFAULT 7,"
                + " at timestamptz DEFAULT now(), z numeric DEFAULT 1.5, by bytea DEFAULT '\\x00')");
    try (CaptureWorld.Running running = source.start("t")) {
      source.sql("INSERT INTO t VALUES (1, NULL, NULL, NULL, NULL, NULL)");

      List<ChangeEvent> changes = source.changes(1);

      assertThat(row(((RowInserted) changes.get(0)).after()))
          .containsExactly(1, null, null, null, null, null);
    }
  }

  @Test
  void carriesWholeOldRowsOfATableWithoutAKey() throws Exception {
    CaptureWorld.Source source =
        world.source(
            "CREATE TABLE t (a int NOT NULL, big text)",
            "ALTER TABLE t REPLICA IDENTITY FULL",
            "ALTER TABLE t ALTER big SET STORAGE EXTERNAL");
    try (CaptureWorld.Running running = source.start("t")) {
      source.sql(
          "INSERT INTO t VALUES (1, repeat('x', 5000))", "UPDATE t SET a = 2", "DELETE FROM t");

      List<ChangeEvent> changes = source.changes(3);

      RowUpdated update = (RowUpdated) changes.get(1);
      assertThat(value(update.before(), "a")).isEqualTo(1);
      assertThat((String) value(update.before(), "big")).hasSize(5000);
      assertThat(value(update.after(), "a")).isEqualTo(2);
      assertThat((String) value(update.after(), "big")).hasSize(5000);
      assertThat((String) value(((RowDeleted) changes.get(2)).before(), "big")).hasSize(5000);
    }
  }

  @Test
  void carriesAUniqueKeyChangeUnderFullIdentityAsOneUpdate() throws Exception {
    CaptureWorld.Source source =
        world.source(
            "CREATE TABLE t (a int NOT NULL UNIQUE, v text)",
            "ALTER TABLE t REPLICA IDENTITY FULL");
    try (CaptureWorld.Running running = source.start("t")) {
      source.sql("INSERT INTO t VALUES (1, 'v')", "UPDATE t SET a = 2");

      RowUpdated update = (RowUpdated) source.changes(2).get(1);

      assertThat(row(update.before())).containsExactly(1, "v");
      assertThat(row(update.after())).containsExactly(2, "v");
    }
  }

  @Test
  void showsOnlyWhatSurvivesOfSavepoints() throws Exception {
    CaptureWorld.Source source = world.source("CREATE TABLE t (id int PRIMARY KEY)");
    try (CaptureWorld.Running running = source.start("t")) {
      source.sql(
          "BEGIN; INSERT INTO t VALUES (1); SAVEPOINT a; INSERT INTO t VALUES (2);"
              + " ROLLBACK TO a; INSERT INTO t VALUES (3); COMMIT",
          "BEGIN; INSERT INTO t VALUES (9); ROLLBACK",
          "INSERT INTO t VALUES (4)");

      assertThat(ids(source.changes(3))).containsExactly(1, 3, 4);
    }
  }

  @Test
  void ordersInterleavedTransactionsByTheirCommits() throws Exception {
    CaptureWorld.Source source = world.source("CREATE TABLE t (id int PRIMARY KEY)");
    try (CaptureWorld.Running running = source.start("t");
        Connection one = source.connect();
        Connection two = source.connect();
        Statement first = one.createStatement();
        Statement second = two.createStatement()) {
      first.execute("BEGIN; INSERT INTO t VALUES (1)");
      second.execute("BEGIN; INSERT INTO t VALUES (11)");
      first.execute("INSERT INTO t VALUES (2)");
      second.execute("INSERT INTO t VALUES (12); COMMIT");
      first.execute("INSERT INTO t VALUES (3); COMMIT");

      assertThat(ids(source.changes(5))).containsExactly(11, 12, 1, 2, 3);
    }
  }

  @Test
  void namesThePartitionRootAlsoForPartitionsAttachedLater() throws Exception {
    CaptureWorld.Source source =
        world.source(
            "CREATE TABLE p (id int, k int, PRIMARY KEY (id, k)) PARTITION BY LIST (k)",
            "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)");
    try (CaptureWorld.Running running = source.start("p")) {
      source.sql(
          "INSERT INTO p VALUES (1, 1)",
          "CREATE TABLE p2 (k int NOT NULL, id int NOT NULL, PRIMARY KEY (id, k))",
          "ALTER TABLE p ATTACH PARTITION p2 FOR VALUES IN (2)",
          "INSERT INTO p VALUES (2, 2)",
          "UPDATE p SET k = 2 WHERE id = 1");

      List<ChangeEvent> changes = source.changes(4);

      assertThat(changes)
          .extracting(c -> ((RowChanged) c).table())
          .containsOnly(new TableId("public", "p"));
      assertThat(value(((RowInserted) changes.get(1)).after(), "id")).isEqualTo(2);
      // A row that moves to another partition is a delete and an insert in PostgreSQL's own log.
      assertThat(changes.get(2)).isInstanceOf(RowDeleted.class);
      assertThat(changes.get(3)).isInstanceOf(RowInserted.class);
    }
  }

  @Test
  void leavesGeneratedColumnsOutAndKeepsIdentityValues() throws Exception {
    CaptureWorld.Source source =
        world.source(
            "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a int,"
                + " twice int GENERATED ALWAYS AS (a * 2) STORED)");
    try (CaptureWorld.Running running = source.start("t")) {
      source.sql("INSERT INTO t (a) VALUES (5)");

      RowImage image = ((RowInserted) source.changes(1).get(0)).after();

      assertThat(image.type().columns())
          .extracting(RowType.Column::name)
          .containsExactly("id", "a");
      assertThat(row(image)).containsExactly(1, 5);
    }
  }

  @Test
  void givesAChangedTableANewShapeFromItsFirstChangeOn() throws Exception {
    CaptureWorld.Source source = world.source("CREATE TABLE t (id int PRIMARY KEY, v int)");
    try (CaptureWorld.Running running = source.start("t")) {
      source.sql(
          "INSERT INTO t VALUES (1, 1)",
          "ALTER TABLE t ADD w text NOT NULL DEFAULT 'new'",
          "INSERT INTO t VALUES (2, 2, 'x')",
          "ALTER TABLE t ALTER v TYPE text",
          "INSERT INTO t VALUES (3, 'three', 'y')",
          "ALTER TABLE t DROP v",
          "INSERT INTO t VALUES (4, 'z')");

      List<ChangeEvent> changes = source.changes(4);

      assertThat(row(((RowInserted) changes.get(0)).after())).containsExactly(1, 1);
      assertThat(row(((RowInserted) changes.get(1)).after())).containsExactly(2, 2, "x");
      assertThat(row(((RowInserted) changes.get(2)).after())).containsExactly(3, "three", "y");
      assertThat(row(((RowInserted) changes.get(3)).after())).containsExactly(4, "z");
      assertThat(running.failure).isNull();
    }
  }

  @Test
  void readsBuiltInTypesAsSuchThoughTheTablesSchemaHasTypesOfTheSameNames() throws Exception {
    CaptureWorld.Source source =
        world.source(
            "CREATE DOMAIN public.date AS text",
            "CREATE TYPE public.int8 AS ENUM ('a')",
            "CREATE TABLE t (id int PRIMARY KEY, d pg_catalog.date, l pg_catalog.int8,"
                + " own public.date)");
    try (CaptureWorld.Running running = source.start("t")) {
      source.sql("INSERT INTO t VALUES (1, '1970-01-02', 7, 'x')");

      RowImage row = ((RowInserted) source.changes(1).get(0)).after();

      assertThat(row(row)).containsExactly(1, 1, 7L, "x");
      assertThat(running.failure).isNull();
    }
  }

  @Test
  void givesAChangedDeclarationANewShape() throws Exception {
    CaptureWorld.Source source =
        world.source("CREATE TABLE t (id int PRIMARY KEY, n numeric(10,2), at timestamp(3))");
    try (CaptureWorld.Running running = source.start("t")) {
      source.sql(
          "INSERT INTO t VALUES (1, 1.25, '2026-01-01 00:00:00.123')",
          "ALTER TABLE t ALTER n TYPE numeric(12,4)",
          "INSERT INTO t VALUES (2, 1.2525, '2026-01-01 00:00:00.123')",
          "ALTER TABLE t ALTER at TYPE timestamp(6)",
          "INSERT INTO t VALUES (3, 1.2525, '2026-01-01 00:00:00.123456')");

      List<RowType> types =
          source.changes(3).stream().map(c -> ((RowInserted) c).after().type()).toList();

      assertThat(types.stream().distinct()).hasSize(3);
      assertThat(types.get(0).columns().get(1).sourceType()).startsWith("numeric(10,2");
      assertThat(types.get(1).columns().get(1).sourceType()).startsWith("numeric(12,4");
      assertThat(running.failure).isNull();
    }
  }

  @Test
  void givesTheTrueNamesOfTablesAndColumnsBack() throws Exception {
    CaptureWorld.Source source =
        world.source(
            "CREATE TABLE \"Order lines, 2\u20ac\" (\"id\" int PRIMARY KEY, \"a b\" int,"
                + " \"1st\" int, \"a_b\" int, \"\u00fc_x0041\" text)",
            "CREATE TABLE \"Order_lines__2_\" (id int PRIMARY KEY)");
    try (CaptureWorld.Running running = source.start("Order lines, 2\u20ac", "Order_lines__2_")) {
      source.sql(
          "INSERT INTO \"Order lines, 2\u20ac\" VALUES (1, 2, 3, 4, 'v')",
          "INSERT INTO \"Order_lines__2_\" VALUES (1)");

      List<ChangeEvent> changes = source.changes(2);

      RowInserted inserted = (RowInserted) changes.get(0);
      assertThat(inserted.table()).isEqualTo(new TableId("public", "Order lines, 2\u20ac"));
      assertThat(inserted.after().type().columns())
          .extracting(RowType.Column::name)
          .containsExactly("id", "a b", "1st", "a_b", "\u00fc_x0041");
      assertThat(row(inserted.after())).containsExactly(1, 2, 3, 4, "v");
      assertThat(((RowInserted) changes.get(1)).table())
          .isEqualTo(new TableId("public", "Order_lines__2_"));
    }
  }

  @Test
  void advancesTheSlotOfAnIdleSource() throws Exception {
    CaptureWorld.Source source =
        world.source("CREATE TABLE t (id int PRIMARY KEY)", "CREATE TABLE other (id int)");
    try (CaptureWorld.Running running = source.start("t")) {
      String confirmed =
          "SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = '%s'"
              .formatted(source.wave.slot());
      LsnPosition before = LsnPosition.parse(source.query(confirmed));
      source.sql("INSERT INTO other SELECT generate_series(1, 1000)");
      LsnPosition written = LsnPosition.parse(source.query("SELECT pg_current_wal_lsn()"));

      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> LsnPosition.parse(source.query(confirmed)).isAfter(written));
      assertThat(written.isAfter(before)).isTrue();
    }
  }

  @Test
  void carriesMarkersAndNothingOfOthersMessages() throws Exception {
    CaptureWorld.Source source = world.source("CREATE TABLE t (id int PRIMARY KEY)");
    try (CaptureWorld.Running running = source.start("t")) {
      source.sql(
          "SELECT pg_logical_emit_message(true, 'somebody.else', 'x')",
          "SELECT pg_logical_emit_message(false, 'somebody.else', 'x')",
          "SELECT pg_logical_emit_message(true, '%s.marker.cut', 'here')"
              .formatted(source.wave.markerPrefix()));

      List<LogEvent> events = source.readUntil(Marker.class::isInstance);

      Marker marker = (Marker) events.get(events.size() - 1);
      assertThat(marker.kind()).isEqualTo("cut");
      assertThat(marker.content()).isEqualTo("here");
      assertThat(events.get(events.size() - 2)).isInstanceOf(TransactionBegin.class);
    }
    LogChecks.requireGaplessLog(world, source);
  }

  @Test
  void endsEachTransactionWithItsCommitPositionAndTime() throws Exception {
    CaptureWorld.Source source = world.source("CREATE TABLE t (id int PRIMARY KEY)");
    try (CaptureWorld.Running running = source.start("t")) {
      source.sql("INSERT INTO t VALUES (1)");
      LsnPosition after = LsnPosition.parse(source.query("SELECT pg_current_wal_lsn()"));
      List<LogEvent> events =
          source.readUntil(
              event ->
                  event instanceof TransactionEnd end
                      && !((LsnPosition) end.position()).text().equals("0/0")
                      && end.position().compareTo(after) >= 0);

      List<TransactionEnd> ends = new ArrayList<>();
      for (LogEvent event : events) {
        if (event instanceof TransactionEnd end) {
          ends.add(end);
        }
      }
      for (int i = 1; i < ends.size(); i++) {
        assertThat(ends.get(i).position().isAfter(ends.get(i - 1).position())).isTrue();
      }
      assertThat(ends.get(0).committedAt()).isAfter(java.time.Instant.now().minusSeconds(120));
    }
  }

  private static ColumnEncoding encoding(RowType type, String column) {
    return type.columns().get(type.indexOf(column)).encoding();
  }

  private static List<@Nullable Object> ids(List<ChangeEvent> changes) {
    return changes.stream()
        .<@Nullable Object>map(c -> value(((RowInserted) c).after(), "id"))
        .toList();
  }

  private static @Nullable Object value(@Nullable RowImage image, String column) {
    assertThat(image).isNotNull();
    return image.value(image.type().indexOf(column));
  }

  static List<@Nullable Object> row(@Nullable RowImage image) {
    assertThat(image).isNotNull();
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < image.type().columns().size(); i++) {
      values.add(image.value(i));
    }
    return values;
  }
}
