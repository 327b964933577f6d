package nl.veer.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nl.veer.connectors.dialect.LoadDialect;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.SourceSnapshot;
import nl.veer.connectors.dialect.TargetSession;
import nl.veer.connectors.dialect.postgres.PostgresLoad;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.replicator.World.Running;
import nl.veer.replicator.stamp.TableLoad;
import nl.veer.replicator.stamp.WaveRecords;
import nl.veer.sandbox.postgres.SandboxPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The load, its handover to the log, and what it refuses. */
class LoadIT {
  private static final PostgresLoad LOAD = new PostgresLoad();
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

  @Test
  void handsOverExactlyWhileEveryTableIsHot() throws Exception {
    for (String table : List.of("a", "b", "c")) {
      world.both("CREATE TABLE " + table + " (id int PRIMARY KEY, n int, pad text, u int UNIQUE)");
      world.onSource(
          "INSERT INTO "
              + table
              + " SELECT n, 0, repeat('p', 200), n FROM generate_series(1, 40000) n");
    }
    world.capture("TABLE a, b, c");
    AtomicBoolean writing = new AtomicBoolean(true);
    AtomicInteger commits = new AtomicInteger();
    List<Thread> writers = new ArrayList<>();
    for (int w = 0; w < 3; w++) {
      writers.add(writer(w, writing, commits));
    }
    writers.forEach(Thread::start);
    await().until(() -> commits.get() > 50);

    Running running = world.start("a", "b", "c");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                running.replicator().status().state() == ReplicatorStatus.State.REPLICATING
                    || running.end().isDone());
    int whenReplicating = commits.get();
    await().until(() -> commits.get() > whenReplicating + 100);
    writing.set(false);
    for (Thread writer : writers) {
      writer.join();
    }
    world.awaitApplied(running);

    world.assertEqual();
  }

  /** Long and short transactions over all tables, some rolled back, keys deleted and moved. */
  private Thread writer(int number, AtomicBoolean writing, AtomicInteger commits) {
    return new Thread(
        () -> {
          Random random = new Random(number);
          try (Connection connection = world.anotherSource();
              Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            int next = 100_000 + number * 1_000_000;
            while (writing.get()) {
              for (int i = random.nextInt(30); i >= 0; i--) {
                String table = List.of("a", "b", "c").get(random.nextInt(3));
                int id = (1 + random.nextInt(13_000)) * 3 + number;
                statement.execute(
                    switch (random.nextInt(5)) {
                      case 0 ->
                          "INSERT INTO %s VALUES (%d, 1, 'new', %d)".formatted(table, ++next, next);
                      case 1 -> "DELETE FROM %s WHERE id = %d".formatted(table, id);
                      case 2 -> "UPDATE %s SET id = %d WHERE id = %d".formatted(table, ++next, id);
                      default ->
                          "UPDATE %s SET n = n + 1 WHERE id BETWEEN %d AND %d AND id %% 3 = %d"
                              .formatted(table, id, id + 9, number);
                    });
              }
              if (random.nextInt(10) == 0) {
                connection.rollback();
              } else {
                connection.commit();
                commits.incrementAndGet();
              }
            }
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void goesOnWithALoadThatWasEndedHalfway() throws Exception {
    for (String table : List.of("a", "b")) {
      world.both("CREATE TABLE " + table + " (id int PRIMARY KEY, pad text)");
      world.onSource(
          "INSERT INTO " + table + " SELECT n, repeat('p', 300) FROM generate_series(1, 100000) n");
    }
    world.capture("TABLE a, b");
    // Rows of this table meet a lock on the target, so that the load hangs in its middle.
    Connection lock = world.targetConnections().open("lock");
    lock.setAutoCommit(false);
    try (Statement statement = lock.createStatement()) {
      statement.execute("LOCK TABLE b IN SHARE MODE");
    }
    Running first = world.start("a", "b");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> first.replicator().status().loads().stream().anyMatch(load -> load.complete()));
    Running second = world.start("a", "b");
    await().atMost(Duration.ofSeconds(30)).until(first.end()::isDone);
    world.onSource("DELETE FROM a WHERE id < 100");
    lock.rollback();
    lock.close();
    world.awaitApplied(second);

    world.assertEqual();
    List<TableLoad> loads =
        new WaveRecords(new PostgresTarget(), world.targetConnections()).loads(world.wave);
    assertThat(loads).allMatch(TableLoad::isComplete);
    assertThat(loads).extracting(TableLoad::rows).containsExactly(100_000L, 100_000L);
  }

  @Test
  void refusesRecordsOfANewerVeer() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY)");
    world.capture("TABLE t");
    Running first = world.start("t");
    world.awaitApplied(first);
    world.stop(first);
    world.onTarget("INSERT INTO veer.version (version) SELECT max(version) + 1 FROM veer.version");

    Failure failure = world.start("t").end().get(30, TimeUnit.SECONDS);

    assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION);
    assertThat(failure.code()).isEqualTo("RECORDS_NEWER");
    WaveRecords records = new WaveRecords(new PostgresTarget(), world.targetConnections());
    assertThatThrownBy(() -> records.reset(world.wave))
        .isInstanceOfSatisfying(
            Failure.class, refused -> assertThat(refused.code()).isEqualTo("RECORDS_NEWER"));
  }

  @Test
  void refusesATargetTableThatIsNotEmptyUnlessItMayBeEmptied() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY)");
    world.onSource("INSERT INTO t VALUES (1)");
    world.onTarget("INSERT INTO t VALUES (2)");
    world.capture("TABLE t");

    Running refused = world.start("t");
    await().atMost(Duration.ofSeconds(20)).until(refused.end()::isDone);
    Failure failure = refused.end().get();
    assertThat(failure).isNotNull();
    assertThat(failure.code()).isEqualTo("TARGET_NOT_EMPTY");
    assertThat(failure.getMessage()).contains("public.t", "--truncate");

    Running truncating = world.start(true, "t");
    world.awaitApplied(truncating);
    world.assertEqual();
  }

  @Test
  void refusesATypeThatTheTargetWouldRound() throws Exception {
    world.onSource("CREATE TABLE t (id int PRIMARY KEY, price numeric(12,4), gone text)");
    world.onTarget("CREATE TABLE t (id int PRIMARY KEY, price numeric(12,2))");
    world.capture("TABLE t");

    Running running = world.start("t");
    Failure incident = world.awaitIncident(running);

    assertThat(incident.code()).isEqualTo("SCHEMA_DIFFERENT");
    assertThat(incident.getMessage())
        .contains(
            "public.t.price is numeric(12,4) on the source and numeric(12,2)", "public.t.gone");
  }

  @Test
  void waitsForTheSlotAndSaysSo() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY)");
    world.onSource("INSERT INTO t VALUES (1)");
    Running running = world.start("t");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> running.replicator().status().failure() != null);
    Failure waiting = running.replicator().status().failure();
    assertThat(waiting).isNotNull();
    assertThat(waiting.getMessage()).contains(world.wave.slot());

    world.capture("TABLE t");
    world.awaitApplied(running);

    world.assertEqual();
  }

  @Test
  void loadsTypesWhoseBinaryFormHoldsAnotherServersNumbers() throws Exception {
    world.onTarget("CREATE TYPE other AS ENUM ('unused')");
    world.both(
        "CREATE TYPE mood AS ENUM ('sad', 'happy'); CREATE TYPE pair AS (a int, b text);"
            + " CREATE DOMAIN percent AS numeric(5,2) CHECK (value <= 100);"
            + " CREATE TABLE t (id int PRIMARY KEY, m mood, ms mood[], p pair, d percent, r int4range,"
            + " ts timestamptz, f float8, i interval, b bytea, j jsonb, c xid8, bits bit(5),"
            + " day date, ch char(6), x pair[]);"
            + " CREATE TABLE plain (id int PRIMARY KEY, m mood, n numeric, a int[], t text, x jsonpath)");
    world.onSource(
        "INSERT INTO t VALUES (1, 'happy', '{sad,happy}', '(1,\"x,y\")', 99.5, '[1,5)',"
            + " '2026-03-29 01:30+01', 'NaN', '1 mon -3 days 04:05', '\\x00ff', '{\"a\": [1, 1.00]}',"
            + " '7', B'10101', '0044-03-15 BC', 'ab', ARRAY['(1,x)'::pair]); INSERT INTO t (id) VALUES (2), (3);"
            + " INSERT INTO plain SELECT n, 'sad', n / 3.0, ARRAY[n, NULL], E'\\t\\\\N', '$.a'"
            + " FROM generate_series(1, 1000) n");
    world.capture("TABLE t, plain");
    Running running = world.start("t", "plain");
    world.awaitApplied(running);
    world.onSource(
        "INSERT INTO t SELECT 10, m, ms, p, d, r, 'infinity', '-0', i, b, j, c, bits, '-infinity', ch, x FROM t WHERE id = 1");
    world.onSource(
        "UPDATE t SET ms = '{}', p = NULL, f = 1e-300, ts = '0044-03-15 BC' WHERE id <> 2");
    world.awaitApplied(running);

    world.assertEqual();
  }

  @Test
  void loadsEverythingAnewAfterAReset() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY)");
    world.onSource("INSERT INTO t SELECT generate_series(1, 1000)");
    world.capture("TABLE t");
    Running first = world.start("t");
    world.onSource("DELETE FROM t WHERE id > 900");
    world.awaitApplied(first);
    world.stop(first);
    world.onTarget("DELETE FROM t WHERE id < 10; INSERT INTO t VALUES (-1)");
    WaveRecords records = new WaveRecords(new PostgresTarget(), world.targetConnections());

    records.reset(world.wave);
    Running second = world.start("t");
    world.awaitApplied(second);

    world.assertEqual();
    world.stop(second);
    records.drop(world.wave);
    assertThat(world.query(world.target(), "SELECT to_regnamespace('veer') IS NULL"))
        .isEqualTo("t");
    assertThat(records.stamp(world.wave)).isEmpty();
  }

  @Test
  void aZombiesBatchFailsAtItsCommitAndChangesNothing() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY)");
    world.capture("TABLE t");
    Running first = world.start("t");
    world.awaitApplied(first);
    // The next row waits for this lock in the middle of its batch; meanwhile the epoch passes, as
    // if the new owner could not reach the old one's session.
    Connection lock = world.targetConnections().open("lock");
    lock.setAutoCommit(false);
    try (Statement statement = lock.createStatement()) {
      statement.execute("LOCK TABLE t IN SHARE MODE");
    }
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

    world.onTarget("UPDATE veer.stamp SET epoch = epoch + 1");
    lock.rollback();
    lock.close();
    await().atMost(Duration.ofSeconds(20)).until(first.end()::isDone);

    Failure failure = first.end().get();
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(world.query(world.target(), "SELECT count(*) FROM t")).isEqualTo("0");
  }

  /** One by one, a wave of thousands of tables would take minutes for nothing but asking. */
  @Test
  void smallTablesShareTransactions() throws Exception {
    String[] tables = IntStream.range(0, 150).mapToObj(i -> "t" + i).toArray(String[]::new);
    for (String table : tables) {
      world.both("CREATE TABLE " + table + " (id int PRIMARY KEY, v text)");
      world.onSource(
          "INSERT INTO " + table + " SELECT n, '" + table + "' FROM generate_series(1, 3) n");
    }
    world.capture("TABLE " + String.join(", ", tables));

    Running running = world.start(tables);
    world.awaitApplied(running);

    world.assertEqual();
    assertThat(
            world.query(
                world.target(),
                "SELECT count(*) FILTER (WHERE state = 'COMPLETE' AND row_count = 3) || ' tables, '"
                    + " || count(DISTINCT xmin::text) || ' transactions' FROM veer.load"))
        .isEqualTo("150 tables, 3 transactions");
  }

  @Test
  void aLargeTableIsCompleteOnlyWithItsLastPart() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY, pad text)");
    world.onSource("INSERT INTO t SELECT n, repeat('p', 300) FROM generate_series(1, 100000) n");
    world.capture("TABLE t");
    Running first;
    try (Connection lock = world.targetConnections().open("lock");
        Statement statement = lock.createStatement()) {
      lock.setAutoCommit(false);
      // One of the parts waits for this row.
      statement.execute("INSERT INTO t VALUES (50000, 'in the way')");
      first = world.start("t");
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> world.query(world.target(), "SELECT count(*) > 0 FROM t").equals("t"));
      assertThat(world.query(world.target(), "SELECT state FROM veer.load")).isEqualTo("RUNNING");
      lock.rollback();
    }
    world.awaitApplied(first);

    world.assertEqual();
    assertThat(world.query(world.target(), "SELECT state || row_count FROM veer.load"))
        .isEqualTo("COMPLETE100000");
  }

  @Test
  void noticesATableThatIsRewrittenBetweenItsSnapshotAndItsCopy() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY, n int); CREATE TABLE u (id int PRIMARY KEY)");
    for (String rewriting :
        List.of(
            "VACUUM FULL t",
            "CLUSTER t USING t_pkey",
            "ALTER TABLE t ALTER n TYPE bigint",
            "TRUNCATE t",
            "ALTER TABLE t RENAME n TO m")) {
      world.onSource("INSERT INTO t VALUES (1, 1) ON CONFLICT DO NOTHING");
      try (Connection holder = LOAD.open(world.sourceConnections(), "test");
          SourceSnapshot snapshot = LOAD.snapshot(holder, planned("t", "u"));
          Connection source = LOAD.open(world.sourceConnections(), "test")) {
        snapshot.requireUnchanged(List.of(id("t"), id("u")), source);
        world.onSource(rewriting);

        snapshot.requireUnchanged(List.of(id("u")), source);
        assertThatThrownBy(() -> snapshot.requireUnchanged(List.of(id("t"), id("u")), source))
            .as(rewriting)
            .isInstanceOfSatisfying(
                Failure.class,
                failure -> assertThat(failure.kind()).isEqualTo(FailureKind.TRANSIENT));
      }
    }
  }

  /** A snapshot of many tables is held for long, while most of them wait for their turn. */
  @Test
  void aSnapshotKeepsNobodyFromChangingATable() throws Exception {
    world.both(
        "CREATE TABLE t (id int PRIMARY KEY) PARTITION BY RANGE (id); CREATE TABLE u (id int)");
    world.onSource("CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10)");
    try (Connection holder = LOAD.open(world.sourceConnections(), "test");
        SourceSnapshot snapshot = LOAD.snapshot(holder, planned("t", "u"))) {
      world.onSource("SET lock_timeout = '5s'");
      world.onSource("TRUNCATE t, u; ALTER TABLE u ADD v int; DROP TABLE t_1");

      assertThat(snapshot.ranges(1)).hasSize(2);
    }
  }

  @Test
  void noticesAPartitionThatComesDuringTheLoad() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY) PARTITION BY RANGE (id)");
    world.onSource("CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10)");
    try (Connection holder = LOAD.open(world.sourceConnections(), "test");
        SourceSnapshot snapshot = LOAD.snapshot(holder, planned("t"));
        Connection source = LOAD.open(world.sourceConnections(), "test")) {
      world.onSource("CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (10) TO (20)");

      assertThatThrownBy(() -> snapshot.requireUnchanged(List.of(id("t")), source))
          .hasMessageContaining("public.t", "partitions");
    }
  }

  @Test
  void takesNoSnapshotOfATableThatIsNotAsPlannedAnyMore() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY, n numeric(10,2))");
    for (String changing :
        List.of(
            "ALTER TABLE t ALTER n TYPE numeric(10,4)", "ALTER TABLE t REPLICA IDENTITY FULL")) {
      List<LoadDialect.SourceTable> planned = planned("t");
      world.onSource(changing);

      try (Connection holder = LOAD.open(world.sourceConnections(), "test")) {
        assertThatThrownBy(() -> LOAD.snapshot(holder, planned))
            .as(changing)
            .isInstanceOfSatisfying(
                Failure.class, failure -> assertThat(failure.code()).isEqualTo("TABLE_CHANGED"));
      }
    }
  }

  @Test
  void refusesPartitionsThatIdentifyTheirRowsDifferently() throws Exception {
    world.both(
        "CREATE TABLE t (id int PRIMARY KEY) PARTITION BY RANGE (id);"
            + " CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);"
            + " CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (10) TO (20);"
            + " ALTER TABLE t_2 REPLICA IDENTITY FULL");

    assertThatThrownBy(() -> planned("t"))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo("IDENTITY_DIFFERS"));
  }

  @Test
  void lettingThePolicysRowsBeHiddenIsNotPossibleOnEitherSide() throws Exception {
    try (Connection source = LOAD.open(world.sourceConnections(), "test");
        TargetSession target = new PostgresTarget().open(world.targetConnections(), "test")) {
      assertThat(world.query(source, "SHOW row_security")).isEqualTo("off");
      assertThat(world.query(target.connection(), "SHOW row_security")).isEqualTo("off");
    }
  }

  @Test
  void leavesInheritingTablesToThemselves() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE child () INHERITS (t)");
    world.onSource("INSERT INTO t SELECT generate_series(1, 9)");
    world.both("INSERT INTO child VALUES (5), (100)");
    world.capture("TABLE ONLY t");
    Running running = world.start("t");
    world.awaitApplied(running);

    world.onSource("UPDATE ONLY t SET id = id + 10 WHERE id = 5; DELETE FROM ONLY t WHERE id = 1");
    world.awaitApplied(running);
    world.assertEqual();
    world.onSource("TRUNCATE ONLY t; INSERT INTO t VALUES (7)");
    world.awaitApplied(running);

    world.assertEqual();
  }

  @Test
  void showsItsRecordsToWhoMayOnlyReadThem() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY)");
    world.capture("TABLE t");
    world.awaitApplied(world.start("t"));
    world.onTarget(
        "DO $$ BEGIN IF to_regrole('looker') IS NULL THEN CREATE ROLE looker LOGIN; END IF; END $$;"
            + " GRANT USAGE ON SCHEMA veer TO looker;"
            + " GRANT SELECT ON ALL TABLES IN SCHEMA veer TO looker");
    WaveRecords records =
        new WaveRecords(new PostgresTarget(), world.targetConnectionsOf("looker"));

    assertThat(records.stamp(world.wave)).isPresent();
    assertThat(records.loads(world.wave)).hasSize(1);
    world.onTarget("DROP OWNED BY looker");
  }

  @Test
  void refusesABoundaryThatTheLogsTransactionsAreTooFarFrom() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY)");
    world.capture("TABLE t");
    Running first = world.start("t");
    world.awaitApplied(first);
    world.stop(first);
    world.onTarget(
        "UPDATE veer.load SET state = 'PENDING', truncate = true, log_horizon ="
            + " (log_horizon::bigint - 1200000000)::text");

    Running second = world.start("t");
    await().atMost(Duration.ofSeconds(20)).until(second.end()::isDone);

    Failure failure = second.end().get();
    assertThat(failure).isNotNull();
    assertThat(failure.code()).isEqualTo("LOG_TOO_OLD");
  }

  @Test
  void knowsOfCommitsThatAreWrittenButNotVisibleYet() throws Exception {
    world.onSource("CREATE TABLE t (id int PRIMARY KEY)");
    try (Connection source = LOAD.open(world.sourceConnections(), "test");
        Connection writer = world.anotherSource();
        Statement write = writer.createStatement()) {
      String before = LOAD.horizon(source);
      world.onSource("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
      world.onSource("SELECT pg_reload_conf()");
      await()
          .until(
              () ->
                  world.query(source, "SHOW synchronous_standby_names").equals("nobody")
                      && world.query(writer, "SHOW synchronous_standby_names").equals("nobody"));
      Thread committing = new Thread(() -> insert(write));
      committing.start();
      try {
        await().until(() -> LOAD.awaitsCommits(source, LOAD.horizon(source)));
        assertThat(world.query(source, "SELECT count(*) FROM t")).isEqualTo("0");
        assertThat(LOAD.awaitsCommits(source, before)).isFalse();
      } finally {
        world.onSource("ALTER SYSTEM RESET synchronous_standby_names");
        world.onSource("SELECT pg_reload_conf()");
        committing.join();
      }
      assertThat(LOAD.awaitsCommits(source, LOAD.horizon(source))).isFalse();
    }
  }

  @Test
  void aLoadDoesNotBeginWhereItCannotSeeWhichCommitsWaitForAStandby() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY)");
    world.onSource("INSERT INTO t VALUES (1)");
    world.capture("TABLE t");
    world.onSource(
        "DROP ROLE IF EXISTS blind; CREATE ROLE blind LOGIN; GRANT SELECT ON t TO blind");
    for (Connection connection : List.of(world.source(), world.target())) {
      world.query(connection, "SELECT set_config('synchronous_commit', 'local', false)");
    }
    world.onSource(
        "ALTER DATABASE "
            + world.query(world.source(), "SELECT current_database()")
            + " SET synchronous_commit = local");
    world.onTarget(
        "ALTER DATABASE "
            + world.query(world.target(), "SELECT current_database()")
            + " SET synchronous_commit = local");
    SourceConnections blind = world.sourceConnectionsOf("blind");
    try {
      world.onSource("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
      world.onSource("SELECT pg_reload_conf()");
      await()
          .until(
              () -> world.query(world.source(), "SHOW synchronous_standby_names").equals("nobody"));

      Running refused = world.startFrom(blind, "t");
      await().atMost(Duration.ofSeconds(30)).until(refused.end()::isDone);

      Failure failure = refused.end().get();
      assertThat(failure).isNotNull();
      assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION);
      assertThat(failure.code()).isEqualTo("STATS_RIGHT");
      assertThat(failure).hasMessageContaining("GRANT pg_read_all_stats");
      assertThat(world.query(world.target(), "SELECT count(*) FROM t")).isEqualTo("0");

      world.onSource("GRANT pg_read_all_stats TO blind");
      world.awaitApplied(world.startFrom(blind, "t"));
      world.assertEqual();
    } finally {
      world.onSource("ALTER SYSTEM RESET synchronous_standby_names");
      world.onSource("SELECT pg_reload_conf()");
      world.onSource("DROP OWNED BY blind");
    }
  }

  @Test
  void aLoadWaitsForCommitsThatWaitForAStandbyAndHasThem() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY)");
    world.capture("TABLE t");
    try (Connection writer = world.anotherSource();
        Statement write = writer.createStatement()) {
      // Only the writer waits; Veer's own commits and the test's do not.
      for (Connection connection : List.of(world.source(), world.target())) {
        world.query(connection, "SELECT set_config('synchronous_commit', 'local', false)");
        try (Statement statement = connection.createStatement()) {
          statement.execute(
              "ALTER DATABASE "
                  + world.query(connection, "SELECT current_database()")
                  + " SET synchronous_commit = local");
        }
      }
      write.execute("SET synchronous_commit = on");
      world.onSource("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
      world.onSource("SELECT pg_reload_conf()");
      await().until(() -> world.query(writer, "SHOW synchronous_standby_names").equals("nobody"));
      Thread committing = new Thread(() -> insert(write));
      committing.start();
      Running running;
      try {
        await()
            .until(
                () ->
                    world
                        .query(
                            world.source(),
                            "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
                        .equals("1"));
        running = world.start("t");
        await()
            .until(
                () -> {
                  Failure waiting = running.replicator().status().failure();
                  return waiting != null && waiting.code().equals("COMMITS_WAIT");
                });
        assertThat(world.query(world.target(), "SELECT count(*) FROM veer.load")).isEqualTo("0");
      } finally {
        world.onSource("ALTER SYSTEM RESET synchronous_standby_names");
        world.onSource("SELECT pg_reload_conf()");
        committing.join();
      }
      world.awaitApplied(running);
      world.assertEqual();
      assertThat(world.query(world.target(), "SELECT count(*) FROM t")).isEqualTo("1");
    }
  }

  @Test
  void aResetForgetsWhereTheOldLogBegan() throws Exception {
    world.both("CREATE TABLE t (id int PRIMARY KEY)");
    world.capture("TABLE t");
    Running first = world.start("t");
    world.awaitApplied(first);
    world.stop(first);
    world.onTarget("UPDATE veer.load SET log_horizon = (log_horizon::bigint - 1200000000)::text");

    new WaveRecords(new PostgresTarget(), world.targetConnections()).reset(world.wave);

    Running second = world.start("t");
    world.awaitApplied(second);
    world.assertEqual();
  }

  private static void insert(Statement write) {
    try {
      write.execute("INSERT INTO t VALUES (1)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<LoadDialect.SourceTable> planned(String... tables) throws SQLException {
    try (Connection source = LOAD.open(world.sourceConnections(), "test")) {
      return LOAD.tables(source, Stream.of(tables).map(LoadIT::id).toList());
    }
  }

  private static TableId id(String table) {
    return new TableId("public", table);
  }

  /** The stamp's records part names by it; a key of one column would come back as one of two. */
  @Test
  void refusesAColumnWhoseNameItCouldNotReadBack() throws Exception {
    world.both("CREATE TABLE t (\"a\u001fb\" int PRIMARY KEY)");
    world.capture("TABLE t");
    Running running = world.start("t");

    await().atMost(Duration.ofSeconds(60)).until(running.end()::isDone);

    assertThat(running.end().get()).isNotNull();
    assertThat(running.end().get().code()).isEqualTo("COLUMN_NAME");
  }
}
