package nl.veer.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.replicator.World.Running;
import nl.veer.sandbox.postgres.SandboxPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every kind of event, and every trap of apply, from a real slot to a real target. */
class ReplicatorIT {
  private static SandboxPostgres server;
  private World world;

  @BeforeAll
  static void startServer() {
    server = SandboxPostgres.startTemporary();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void createWorld() throws SQLException {
    world = new World(server);
  }

  @AfterEach
  void closeWorld() throws SQLException {
    world.close();
  }

  private Running replicate(String table) throws SQLException {
    world.capture("TABLE " + table);
    Running running = world.start(table);
    world.awaitApplied(running);
    return running;
  }

  @Test
  void carriesInsertsUpdatesAndDeletes() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY, name text, price numeric(10,2))");
    world.onSource("INSERT INTO t SELECT n, 'row ' || n, n * 1.5 FROM generate_series(1, 300) n");
    Running running = replicate("t");

    world.onSource(
        "INSERT INTO t SELECT n, E'a\\tb\\\\\\n' || n, NULL FROM generate_series(301, 600) n");
    world.onSource("INSERT INTO t VALUES (1000, 'é€😀', 0)");
    world.onSource("UPDATE t SET name = name || '!', price = price + 1 WHERE id % 3 = 0");
    world.onSource("DELETE FROM t WHERE id % 7 = 0");
    world.awaitApplied(running);

    world.assertEqual();
    assertThat(running.replicator().status().state()).isEqualTo(ReplicatorStatus.State.REPLICATING);
  }

  @Test
  void movesKeys() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY, big text)");
    world.both("ALTER TABLE t ALTER big SET STORAGE EXTERNAL");
    world.onSource("INSERT INTO t SELECT n, repeat(n::text, 5000) FROM generate_series(1, 20) n");
    Running running = replicate("t");

    world.onSource("UPDATE t SET id = id + 100");
    world.onSource("UPDATE t SET id = id - 50 WHERE id > 110");
    world.onSource(
        "BEGIN; UPDATE t SET id = 0 WHERE id = 101; UPDATE t SET id = 101 WHERE id = 102;"
            + " UPDATE t SET id = 102 WHERE id = 0; COMMIT");
    world.awaitApplied(running);

    world.assertEqual();
  }

  @Test
  void leavesUnchangedToastedColumnsAlone() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY, n int, big text, other text)");
    world.both("ALTER TABLE t ALTER big SET STORAGE EXTERNAL, ALTER other SET STORAGE EXTERNAL");
    world.onSource(
        "INSERT INTO t SELECT n, 0, repeat('x' || n, 5000), repeat('y' || n, 5000)"
            + " FROM generate_series(1, 20) n");
    world.onSource("INSERT INTO t VALUES (99, 0, '__debezium_unavailable_value', '')");
    Running running = replicate("t");

    world.onSource(
        "BEGIN; UPDATE t SET n = 1; UPDATE t SET other = repeat('z', 6000) WHERE id < 10;"
            + " UPDATE t SET n = n + 1 WHERE id > 5; COMMIT");
    world.onSource("INSERT INTO t VALUES (100, 7, repeat('n', 9000), NULL)");
    world.onSource("UPDATE t SET n = 8 WHERE id IN (99, 100)");
    world.awaitApplied(running);

    world.assertEqual();
  }

  @Test
  void takesNoNullFromAnOldRowThatHoldsOnlyItsKey() throws Exception {
    world.both(
        "CREATE TABLE t (id int PRIMARY KEY, n int, big text);"
            + " ALTER TABLE t ALTER big SET STORAGE EXTERNAL; ALTER TABLE t REPLICA IDENTITY FULL");
    world.onSource(
        "INSERT INTO t SELECT n, NULL, repeat('x' || n, 5000) FROM generate_series(1, 9) n");
    Running running = replicate("t");
    world.onSource("UPDATE t SET id = id + 100 WHERE id < 3");

    world.onSource("ALTER TABLE t REPLICA IDENTITY DEFAULT");
    world.onSource("UPDATE t SET id = id + 10, n = 1");
    world.awaitApplied(running);

    world.assertEqual();
  }

  @Test
  void takesTheIdentityFromThePartitionsAndNotFromTheirRoot() throws Exception {
    world.both(
        "CREATE TABLE t (id int PRIMARY KEY, n int, big text) PARTITION BY RANGE (id);"
            + " ALTER TABLE t REPLICA IDENTITY FULL;"
            + " CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (1000);"
            + " ALTER TABLE t_1 ALTER big SET STORAGE EXTERNAL;"
            + " ALTER TABLE t_1 REPLICA IDENTITY DEFAULT");
    world.onSource(
        "INSERT INTO t SELECT n, 0, repeat('x' || n, 5000) FROM generate_series(1, 9) n");
    Running running = replicate("t");

    world.onSource("UPDATE t SET id = id + 100");
    world.awaitApplied(running);

    world.assertEqual();
  }

  @Test
  void swapsUniqueValuesByReplayingInSourceOrder() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY, seat text UNIQUE)");
    world.onSource("INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')");
    Running running = replicate("t");

    world.onSource(
        "BEGIN; UPDATE t SET seat = 'x' WHERE id = 1; UPDATE t SET seat = 'a' WHERE id ="
            + " 2; UPDATE t SET seat = 'b' WHERE id = 1; COMMIT");
    world.onSource(
        "BEGIN; DELETE FROM t WHERE id = 3; INSERT INTO t VALUES (4, 'c');"
            + " INSERT INTO t VALUES (3, 'd'); COMMIT");
    world.awaitApplied(running);
    world.assertEqual();

    world.onSource(
        "BEGIN; INSERT INTO t SELECT n, 'seat ' || n FROM generate_series(10, 99) n;"
            + " UPDATE t SET seat = 'x' WHERE id = 1; UPDATE t SET seat = 'b' WHERE id = 2;"
            + " UPDATE t SET seat = 'a' WHERE id = 1; DELETE FROM t WHERE id > 90; COMMIT");
    world.onSource("UPDATE t SET seat = seat || '!' WHERE id > 50");
    world.awaitApplied(running);

    world.assertEqual();
  }

  @Test
  void changesExactlyOneOfSeveralEqualRowsWithoutAKey() throws Exception {
    world.both(
        "CREATE TABLE t (a int, b numeric, c json, d float8, e text);"
            + " ALTER TABLE t REPLICA IDENTITY FULL");
    world.onSource(
        "INSERT INTO t SELECT 1, 1.0, '{\"a\": 1}', '-0', NULL FROM generate_series(1, 3)");
    world.onSource("INSERT INTO t VALUES (1, 1.00, '{\"a\": 1}', '0', NULL)");
    Running running = replicate("t");

    world.onSource("DELETE FROM t WHERE ctid = (SELECT ctid FROM t WHERE b::text = '1.0' LIMIT 1)");
    world.onSource(
        "UPDATE t SET e = 'changed' WHERE ctid = (SELECT ctid FROM t WHERE b::text = '1.0' LIMIT 1)");
    world.onSource(
        "BEGIN; INSERT INTO t (a) VALUES (2), (2); DELETE FROM t WHERE ctid = (SELECT ctid FROM t WHERE a = 2 LIMIT 1); COMMIT");
    world.onSource("DELETE FROM t WHERE b::text = '1.00'");
    world.awaitApplied(running);

    world.assertEqual();
    assertThat(world.query(world.target(), "SELECT count(*) FROM t")).isEqualTo("3");
  }

  @Test
  void followsTheReplicaIdentityIndex() throws Exception {
    world.both(
        "CREATE TABLE t (id int PRIMARY KEY, code text NOT NULL UNIQUE, n int);"
            + " ALTER TABLE t REPLICA IDENTITY USING INDEX t_code_key");
    world.onSource("INSERT INTO t SELECT n, 'code' || n, 0 FROM generate_series(1, 9) n");
    Running running = replicate("t");

    world.onSource("UPDATE t SET n = 1 WHERE id < 5");
    world.onSource("UPDATE t SET code = 'other' WHERE id = 2");
    world.onSource("DELETE FROM t WHERE id = 3");
    world.awaitApplied(running);

    world.assertEqual();
  }

  @Test
  void truncatesBetweenWrites() throws Exception {
    world.both(
        "CREATE TABLE parent (id int PRIMARY KEY); CREATE TABLE t (id int PRIMARY KEY, p int"
            + " REFERENCES parent); CREATE TABLE bystander (id int PRIMARY KEY)");
    world.onTarget("CREATE TABLE referring (id int REFERENCES bystander)");
    world.capture("TABLE parent, t, bystander");
    Running running = world.start("parent", "t", "bystander");
    world.onSource("INSERT INTO parent SELECT generate_series(1, 10)");
    world.onSource("INSERT INTO t SELECT n, n FROM generate_series(1, 10) n");
    world.onSource("INSERT INTO bystander SELECT generate_series(1, 10)");

    world.onSource(
        "BEGIN; UPDATE t SET p = 1; TRUNCATE parent, t; INSERT INTO parent VALUES (1);"
            + " INSERT INTO t VALUES (3, 1); COMMIT");
    world.onSource("BEGIN; INSERT INTO t VALUES (4, 1); TRUNCATE t; TRUNCATE bystander; COMMIT");
    world.onSource("INSERT INTO t VALUES (4, 1)");
    world.awaitApplied(running);

    world.onTarget("DROP TABLE referring");
    world.assertEqual();
  }

  @Test
  void carriesPartitionedTables() throws Exception {
    world.both(
        "CREATE TABLE t (id int, day date, v text, PRIMARY KEY (id, day))"
            + " PARTITION BY RANGE (day);"
            + " CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');"
            + " CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM ('2026-02-01') TO ('2026-03-01')");
    world.onSource(
        "INSERT INTO t SELECT n, date '2026-01-01' + n % 59, 'v' FROM generate_series(1, 500) n");
    Running running = replicate("t");

    world.onSource("UPDATE t SET v = 'w' WHERE id % 2 = 0");
    world.onSource("UPDATE t SET day = day + 31 WHERE day < '2026-01-20'");
    world.onSource("DELETE FROM t WHERE id % 5 = 0");
    world.awaitApplied(running);
    world.both(
        "CREATE TABLE t_3 (v text, day date NOT NULL, id int NOT NULL);"
            + " ALTER TABLE t ATTACH PARTITION t_3 FOR VALUES FROM ('2026-03-01') TO ('2026-04-01')");
    world.onSource("INSERT INTO t VALUES (1000, '2026-03-05', 'new')");
    world.awaitApplied(running);

    world.assertEqual();
  }

  @Test
  void leavesGeneratedColumnsOutAndWritesIdentityColumnsAsTheyAre() throws Exception {
    world.both(
        "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY (START WITH 5) PRIMARY KEY,"
            + " a int, twice int GENERATED ALWAYS AS (a * 2) STORED)");
    world.onSource("INSERT INTO t (a) SELECT generate_series(1, 100)");
    Running running = replicate("t");

    world.onSource("INSERT INTO t (a) SELECT generate_series(1, 100)");
    world.onSource("INSERT INTO t (a) VALUES (7)");
    world.onSource("UPDATE t SET a = a + 1 WHERE id < 50");
    world.awaitApplied(running);

    world.assertEqual();
  }

  @Test
  void updatesTablesWhoseIdentityColumnMayNotBeSet() throws Exception {
    String always = "int GENERATED ALWAYS AS IDENTITY";
    world.both(
        "CREATE TABLE keyed (id "
            + always
            + " PRIMARY KEY, a int); CREATE TABLE beside (k int PRIMARY KEY, id "
            + always
            + ", a int); CREATE TABLE keyless (id "
            + always
            + ", a int); ALTER TABLE keyless REPLICA IDENTITY FULL; CREATE TABLE bare (id "
            + always
            + " PRIMARY KEY)");
    world.capture("TABLE keyed, beside, keyless, bare");
    Running running = world.start("keyed", "beside", "keyless", "bare");
    world.onSource(
        "INSERT INTO keyed (a) VALUES (1), (2), (3); INSERT INTO beside (k, a) VALUES (1, 1), (2,"
            + " 2); INSERT INTO keyless (a) VALUES (1), (1); INSERT INTO bare DEFAULT VALUES");
    world.awaitApplied(running);

    world.onSource(
        "UPDATE keyed SET a = a + 1; UPDATE beside SET a = a + 1; UPDATE keyless SET a = a + 1");
    world.onSource("UPDATE keyed SET id = DEFAULT WHERE a = 2; UPDATE bare SET id = DEFAULT");
    world.awaitApplied(running);
    world.assertEqual();

    world.onSource("UPDATE beside SET id = DEFAULT WHERE k = 1");
    world.awaitApplied(running);
    world.assertEqual();
  }

  @Test
  void writesToATableThatWasAlteredOnBothSidesAsItIsThen() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY, n bigint, day date)");
    Running running = replicate("t");
    world.onSource("INSERT INTO t SELECT i, i, DATE '2024-01-01' FROM generate_series(1, 100) i");
    world.awaitApplied(running);

    String alter = "ALTER TABLE t ALTER n TYPE numeric, ALTER day TYPE timestamp";
    world.onTarget(alter);
    world.onSource(alter);
    world.onSource(
        "INSERT INTO t SELECT i, i, TIMESTAMP '2024-01-01 12:34:56' FROM generate_series(101, 300)"
            + " i");
    world.awaitApplied(running);
    world.assertEqual();
    world.onSource("UPDATE t SET day = day + INTERVAL '1 hour' WHERE id < 10");
    world.awaitApplied(running);
    world.assertEqual();

    world.onTarget("ALTER TABLE t ALTER day TYPE timestamptz, ALTER n TYPE double precision");
    world.onSource("ALTER TABLE t ALTER day TYPE timestamptz, ALTER n TYPE double precision");
    world.onSource("UPDATE t SET day = day + INTERVAL '1 hour', n = n + 0.5");
    world.awaitApplied(running);
    world.assertEqual();
  }

  @Test
  void leavesOutSavepointsThatWereRolledBack() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY)");
    Running running = replicate("t");

    world.onSource(
        "BEGIN; INSERT INTO t VALUES (1); SAVEPOINT s; INSERT INTO t VALUES (2);"
            + " ROLLBACK TO s; INSERT INTO t VALUES (3); COMMIT");
    world.awaitApplied(running);

    world.assertEqual();
  }

  @Test
  void reportsARowThatWasDeletedByHandAndGoesOnWhenItIsBack() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY, secret text)");
    world.onSource("INSERT INTO t VALUES (1, 'one'), (2, 'two')");
    Running running = replicate("t");
    world.onTarget("DELETE FROM t WHERE id = 2");

    world.onSource("UPDATE t SET secret = 'hush' WHERE id = 2");
    Failure incident = world.awaitIncident(running);

    assertThat(incident.kind()).isEqualTo(FailureKind.TARGET_DATA);
    assertThat(incident.code()).isEqualTo("ROW_COUNT");
    assertThat(incident.getMessage())
        .contains("public.t", "key: id", "hit 0 rows instead of 1", "log transaction")
        .doesNotContain("hush");
    world.onTarget("INSERT INTO t VALUES (2, 'two')");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> world.query(world.target(), "SELECT secret FROM t WHERE id = 2").equals("hush"));
    world.assertEqual();
  }

  @Test
  void waitsForAColumnThatTheSourceHasGotMidStream() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY)");
    Running running = replicate("t");
    world.onSource("INSERT INTO t VALUES (1)");

    world.onSource("ALTER TABLE t ADD COLUMN extra text DEFAULT 'd'");
    world.onSource("INSERT INTO t VALUES (2, 'x')");
    Failure incident = world.awaitIncident(running);

    assertThat(incident.code()).isEqualTo("COLUMN_MISSING");
    assertThat(incident.getMessage()).contains("public.t", "extra");
    world.onTarget("ALTER TABLE t ADD COLUMN extra text DEFAULT 'd'");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> world.query(world.target(), "SELECT count(*) FROM t").equals("2"));
    world.assertEqual();
  }

  @Test
  void noticesAPrecisionThatChangedOnTheSourceAlone() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY, price numeric(12,2))");
    Running running = replicate("t");
    world.onSource("INSERT INTO t VALUES (1, 1.25)");
    world.awaitApplied(running);

    world.onSource("ALTER TABLE t ALTER price TYPE numeric(12,4)");
    world.onSource("INSERT INTO t VALUES (2, 1.2345)");
    Failure incident = world.awaitIncident(running);

    assertThat(incident.code()).isEqualTo("SCHEMA_DIFFERENT");
    assertThat(incident.getMessage()).contains("numeric(12,4)", "numeric(12,2)");
    world.onTarget("ALTER TABLE t ALTER price TYPE numeric(12,4)");
    world.awaitMended(running);
    world.assertEqual();
  }

  @Test
  void waitsForAColumnThatTheSourceHasRenamed() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY, n int)");
    world.onSource("INSERT INTO t VALUES (1, 1)");
    Running running = replicate("t");

    world.onSource("ALTER TABLE t RENAME n TO m");
    world.onSource("INSERT INTO t VALUES (2, 2)");
    Failure incident = world.awaitIncident(running);

    assertThat(incident.kind()).isEqualTo(FailureKind.SOURCE_DATA);
    assertThat(incident.code()).isEqualTo("COLUMN_GONE");
    assertThat(incident.getMessage()).contains("Column n of table public.t");
    world.onTarget("ALTER TABLE t RENAME n TO m");
    world.awaitMended(running);
    world.assertEqual();
  }

  @Test
  void waitsForAColumnThatTheSourceHasDropped() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY, n int)");
    world.onSource("INSERT INTO t VALUES (1, 1)");
    Running running = replicate("t");

    world.onSource("ALTER TABLE t DROP n");
    world.onSource("INSERT INTO t VALUES (2)");

    assertThat(world.awaitIncident(running).code()).isEqualTo("COLUMN_GONE");
    world.onTarget("ALTER TABLE t DROP n");
    world.awaitMended(running);
    world.assertEqual();
  }

  @Test
  void appliesATransactionLargerThanItsBoundInOneTargetTransaction() throws Exception {
    world.batchRows(1_000);
    world.both("CREATE TABLE t (id int PRIMARY KEY, seat int UNIQUE)");
    Running running = replicate("t");

    world.onSource(
        "BEGIN; INSERT INTO t SELECT n, n FROM generate_series(1, 10000) n;"
            + " UPDATE t SET seat = -seat; UPDATE t SET seat = 20000 WHERE id = 1;"
            + " UPDATE t SET seat = -1 WHERE id = 2; UPDATE t SET seat = -2 WHERE id = 1;"
            + " DELETE FROM t WHERE id % 2 = 0; COMMIT");
    Set<String> seen = new HashSet<>();
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              seen.add(world.query(world.target(), "SELECT count(*) FROM t"));
              return seen.contains("5000");
            });
    world.awaitApplied(running);

    world.assertEqual();
    assertThat(seen).isSubsetOf("0", "5000");
  }

  @Test
  void losesAndDoublesNothingWhenItIsStoppedAndStartedAgain() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY, n int)");
    Running first = replicate("t");
    for (int i = 0; i < 50; i++) {
      world.onSource("INSERT INTO t VALUES (" + i + ", 0)");
      world.onSource("UPDATE t SET n = n + 1 WHERE id <= " + i);
    }
    world.stop(first);
    world.onSource("UPDATE t SET n = n + 1");

    Running second = world.start("t");
    world.awaitApplied(second);

    world.assertEqual();
  }

  @Test
  void refusesALogThatIsNotTheOneItWasFilledFrom() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY, n int)");
    Running first = replicate("t");
    world.stop(first);
    world.log().recreate();

    Running second = world.start("t");
    await().until(second.end()::isDone);

    Failure failure = second.end().get();
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).isEqualTo(FailureKind.LOST_POSITION);
    assertThat(failure.getMessage()).contains("veer load --again");
  }

  @Test
  void endsTheReplicatorThatIsTakenOver() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY, n int)");
    Running first = replicate("t");

    Running second = world.start("t");
    await().atMost(Duration.ofSeconds(20)).until(first.end()::isDone);
    world.onSource("INSERT INTO t VALUES (1, 1)");
    world.awaitApplied(second);

    Failure failure = first.end().get();
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
    world.assertEqual();
  }

  @Test
  void goesOnAfterItsSessionWasEnded() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY, n int)");
    Running running = replicate("t");

    for (int i = 0; i < 20; i++) {
      world.onSource("INSERT INTO t VALUES (" + i + ", 0)");
      world.onTarget(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'veer: "
              + world.wave
              + " apply'");
    }
    world.awaitApplied(running);

    world.assertEqual();
  }

  @Test
  void losesAndDoublesNothingWhenNobodyKnowsWhetherACommitCameThrough() throws Exception {
    world.both(
        "CREATE TABLE t (id int PRIMARY KEY, n int); CREATE TABLE keyless (n int);"
            + " ALTER TABLE keyless REPLICA IDENTITY FULL");
    world.onSource(
        "INSERT INTO t SELECT n, 0 FROM generate_series(1, 10) n;"
            + " INSERT INTO keyless SELECT generate_series(1, 10)");
    world.capture("TABLE t, keyless");
    CuttingTarget target = new CuttingTarget();
    Running running = world.start(target.dialect(), Duration.ofSeconds(10), false, "t", "keyless");
    world.awaitApplied(running);

    for (int i = 0; i < 20; i++) {
      world.onSource("INSERT INTO keyless VALUES (7); UPDATE t SET n = n + 1");
      world.awaitApplied(running);
    }

    world.assertEqual();
    assertThat(target.cuts()).isGreaterThan(5);
  }

  @Test
  void endsSoonAfterAStopAlsoWhileTheTargetDoesNotAnswer() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY)");
    world.capture("TABLE t");
    Running running = world.start(new PostgresTarget(), Duration.ofMillis(300), false, "t");
    world.awaitApplied(running);
    try (Connection lock = world.targetConnections().open("lock");
        Statement statement = lock.createStatement()) {
      lock.setAutoCommit(false);
      statement.execute("LOCK TABLE t IN SHARE MODE");
      world.onSource("INSERT INTO t VALUES (1)");
      await()
          .until(
              () ->
                  world
                      .query(
                          world.target(),
                          "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                              + " AND datname = current_database()")
                      .equals("1"));

      world.stop(running);

      assertThat(running.end().get()).isNull();
    }
  }
}
