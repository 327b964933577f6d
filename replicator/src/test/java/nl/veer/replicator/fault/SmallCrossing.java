package nl.veer.replicator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.log.LogReader;
import nl.veer.connectors.log.LoggedEvent;
import nl.veer.replicator.ReplicatorStatus;
import nl.veer.replicator.World;
import nl.veer.replicator.World.Running;
import nl.veer.replicator.stamp.Stamp;
import nl.veer.replicator.stamp.WaveRecords;
import nl.veer.sandbox.postgres.SandboxPostgres;

/**
 * A load and a stream that come by every way of writing, in well under a second: COPY and arrays,
 * rows by key and by their whole content, a replay in source order, a transaction in parts, a
 * truncate that the server refuses, tables that are loaded anew. Can be run again and again. Faults
 * happen on the way. Owned by one thread.
 */
final class SmallCrossing implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String[] TABLES = {"t", "keyless", "part", "bulk", "referred"};
  private static final String SCHEMA =
      """
      CREATE TABLE t (id int PRIMARY KEY, seat text UNIQUE, n int, big text);
      ALTER TABLE t ALTER big SET STORAGE EXTERNAL;
      CREATE TABLE keyless (n int, note text);
      ALTER TABLE keyless REPLICA IDENTITY FULL;
      CREATE TABLE part (id int PRIMARY KEY, n int) PARTITION BY RANGE (id);
      CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM (0) TO (1000);
      CREATE TABLE bulk (id int PRIMARY KEY, n int UNIQUE);
      CREATE TABLE referred (id int PRIMARY KEY);
      """;
  private static final String FILLED =
      """
      INSERT INTO t SELECT n, 's' || n, 0, repeat(n::text, 3000) FROM generate_series(1, 9) n;
      INSERT INTO keyless SELECT 7, 'same' FROM generate_series(1, 5);
      INSERT INTO part SELECT n, 0 FROM generate_series(1, 9) n;
      INSERT INTO referred SELECT n FROM generate_series(1, 9) n;
      """;

  /** Each string is a transaction; each list is applied before the next begins. */
  private static final List<List<String>> CHANGES =
      List.of(
          List.of(
              "INSERT INTO bulk SELECT n, n FROM generate_series(1, 60) n",
              "INSERT INTO keyless VALUES (7, 'same'), (8, NULL)",
              "UPDATE keyless SET note = 'more' WHERE ctid = (SELECT min(ctid) FROM keyless)",
              "DELETE FROM keyless WHERE ctid = (SELECT max(ctid) FROM keyless WHERE n = 7)",
              "UPDATE t SET n = n + 1; INSERT INTO t VALUES (10, 's10', 0, 'x')",
              "DELETE FROM t WHERE id = 3; UPDATE t SET id = 30 WHERE id = 2",
              "TRUNCATE part; INSERT INTO part VALUES (1, 1)"),
          List.of("TRUNCATE referred CASCADE; INSERT INTO referred VALUES (5)"),
          List.of(
              """
              UPDATE t SET seat = '' WHERE id = 4; UPDATE t SET seat = 's4' WHERE id = 5;
              UPDATE t SET seat = 's5' WHERE id = 4; TRUNCATE part
              """),
          List.of(
              """
              INSERT INTO bulk SELECT n, n FROM generate_series(100, 350) n;
              UPDATE bulk SET n = 0 WHERE id = 1; UPDATE bulk SET n = 1 WHERE id = 2;
              UPDATE bulk SET n = 2 WHERE id = 1; INSERT INTO keyless VALUES (7, 'same')
              """));

  private final World world;
  private final SabotagedDriver driver;
  private final Saboteur saboteur;
  private final List<Failure> ends = new ArrayList<>();

  SmallCrossing(SandboxPostgres server, SabotagedDriver driver, Saboteur saboteur)
      throws SQLException {
    this.driver = driver;
    this.saboteur = saboteur;
    world = new World(server);
    world.batchRows(100);
    world.through(driver::through, this::sabotaged);
  }

  private void prepare() throws SQLException {
    ends.clear();
    world.startOver();
    world.both(SCHEMA).onSource(FILLED);
    world.onTarget(
        "DROP SCHEMA IF EXISTS other CASCADE; CREATE SCHEMA other; CREATE TABLE other.r (id int REFERENCES referred)");
    world.capture("TABLE " + String.join(", ", TABLES));
  }

  private LogReader sabotaged(LogReader reader) {
    return saboteur.sabotaged(
        LogReader.class, reader, answer -> answer, (fault, call) -> fault.ofLog());
  }

  /** The whole way, from nothing to the stop. What ended a replicator is in the answer. */
  List<Failure> run(List<Injection> injections) throws Exception {
    prepare();
    saboteur.arm(injections);
    Running running = awaitApplied(start());
    for (List<String> together : CHANGES) {
      for (String transaction : together) {
        world.onSource("BEGIN; " + transaction + "; COMMIT");
      }
      running = awaitApplied(running);
    }
    running = loadAgain(running);
    running = awaitOrRestart(running, any -> hasRested(injections));
    return stopped(awaitApplied(running));
  }

  /** Three of the tables, damaged and asked for as the command does it, while writes go on. */
  private Running loadAgain(Running running) throws Exception {
    world.onTarget("DELETE FROM t WHERE id > 4; UPDATE part SET n = 77");
    world.onTarget(
        "UPDATE veer.load SET state = 'AGAIN', log_horizon = NULL WHERE state = 'COMPLETE'"
            + " AND table_name IN ('t', 'part', 'referred')");
    world.onSource(
        "INSERT INTO t VALUES (60, 's60', 6, 'y'); INSERT INTO part VALUES (60, 6);"
            + " INSERT INTO bulk VALUES (600, 600)");
    return awaitOrRestart(running, any -> isLoaded());
  }

  private boolean isLoaded() {
    try {
      return world
          .query(world.target(), "SELECT bool_and(state = 'COMPLETE') FROM veer.load")
          .equals("t");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Whether the calls that come with time have failed, or been seen if none is to fail. */
  private boolean hasRested(List<Injection> injections) {
    return injections.isEmpty()
        ? saboteur.calls().keySet().stream().anyMatch(CallSite::comesWithTime)
        : saboteur.waiting().stream().noneMatch(waiting -> waiting.site().comesWithTime());
  }

  private Running start() {
    return world.start(TABLES);
  }

  private List<Failure> stopped(Running running) throws Exception {
    running.replicator().stop();
    Failure end = running.end().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (end != null) {
      ends.add(end);
    }
    return List.copyOf(ends);
  }

  private Running awaitApplied(Running first) throws Exception {
    beat();
    LsnPosition now =
        LsnPosition.parse(world.query(world.source(), "SELECT pg_current_wal_insert_lsn()::text"));
    beat();
    return awaitOrRestart(first, running -> hasApplied(running, now));
  }

  /** A replicator that a BUG has ended is started again, as an operator would. */
  private Running awaitOrRestart(Running first, Predicate<Running> done) throws Exception {
    Running running = first;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!done.test(running)) {
      assertThat(System.nanoTime())
          .as("stuck: " + running.replicator().status())
          .isLessThan(deadline);
      Failure end = running.end().isDone() ? running.end().get() : null;
      if (end != null) {
        ends.add(end);
        running = start();
      }
      await().pollDelay(Duration.ofMillis(5)).until(() -> true);
    }
    return running;
  }

  private void beat() throws SQLException {
    world.onSource(
        "SELECT pg_logical_emit_message(true, '" + world.wave.markerPrefix() + ".heartbeat', '')");
  }

  private static boolean hasApplied(Running running, LsnPosition position) {
    ReplicatorStatus status = running.replicator().status();
    return status.applied() != null && status.applied().compareTo(position) >= 0;
  }

  /** Nothing lost, nothing twice, nothing left behind. To be asked after the run. */
  void requireExact() throws SQLException {
    world.assertEqual();
    // Veer may just be asking, over a connection of its own, after a session that is quiet.
    await("no connection left open").atMost(PATIENCE).until(() -> driver.open() == 0);
    await().atMost(PATIENCE).until(() -> sessions().equals("0"));
    Stamp stamp =
        new WaveRecords(new PostgresTarget(), world.targetConnections())
            .stamp(world.wave)
            .orElseThrow();
    LoggedEvent last = world.log().records().get((int) stamp.logOffset() - 1);
    assertThat(last.event()).isInstanceOf(TransactionEnd.class);
    assertThat(last.event().place().transaction()).isEqualTo(stamp.transaction());
    assertThat(((TransactionEnd) last.event()).position()).isEqualTo(stamp.position());
  }

  private String sessions() throws SQLException {
    return world.query(
        world.target(),
        "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'veer: "
            + world.wave
            + " %'");
  }

  @Override
  public void close() throws SQLException {
    world.close();
  }
}
