package nl.veer.verifier.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.verifier.scan.postgres.RowHash;
import nl.veer.verifier.scan.postgres.ScanTable;
import nl.veer.verifier.value.Tolerances;
import nl.veer.verifier.verdict.Cuts;
import nl.veer.verifier.verdict.Difference;
import nl.veer.verifier.verdict.ScanStatement;
import nl.veer.verifier.verdict.TableStatement;
import nl.veer.verifier.verdict.UnknownReason;
import nl.veer.verifier.verdict.Verdict;
import org.junit.jupiter.api.Test;

/** A scan of two databases while somebody writes, or stops it. */
class ScanWhileWritingIT {
  private static final Duration PATIENCE =
      Duration.ofSeconds(Integer.getInteger("veer.patience", 90));

  private static final String[] TABLE = {
    "CREATE TABLE t (id int PRIMARY KEY, v bigint)",
    "INSERT INTO t SELECT i, 0 FROM generate_series(1, 500) i"
  };

  @Test
  void rowsThatGoOnChangingAreUnsettledAndNotDifferent() throws SQLException {
    ScanWorld world = ScanWorld.create().onBoth(TABLE);

    ScanStatement statement = whileWriting(world, "UPDATE t SET v = v + 1 WHERE id = 250");

    TableStatement table = statement.tables().get(0);
    assertThat(ScanIT.reason(table.verdict())).isEqualTo(UnknownReason.UNSETTLED);
    assertThat(table.unsettled()).isEqualTo(1);
    assertThat(table.onePosition()).isFalse();
    assertThat(statement.onePosition()).isFalse();
  }

  @Test
  void aSettledDifferenceIsFoundBesideRowsThatGoOnChanging() throws Exception {
    ScanWorld world = ScanWorld.create().onBoth(TABLE);
    world.onTarget("UPDATE t SET v = 1 WHERE id = 7");

    TableStatement table =
        whileWriting(world, "UPDATE t SET v = v + 1 WHERE id = 250").tables().get(0);

    assertThat(table.verdict()).isEqualTo(new Verdict.Different(1));
    assertThat(table.differences())
        .extracting(row -> row.key().texts())
        .containsExactly(List.of("7"));
    assertThat(table.unsettled()).isEqualTo(1);
  }

  @Test
  void rowsOfATableWithoutAKeyThatComeMeanwhileAreNotDifferent() throws Exception {
    ScanWorld world =
        ScanWorld.create().onBoth("CREATE TABLE t (v bigint)", "INSERT INTO t VALUES (-1)");

    TableStatement table =
        whileWriting(
                world,
                "INSERT INTO t SELECT coalesce(max(v), 0) + 1 FROM t",
                "DELETE FROM t WHERE v < (SELECT max(v) FROM t)")
            .tables()
            .get(0);

    assertThat(table.differences())
        .extracting(Difference::kind)
        .as("only the row that stays on the target")
        .containsOnly(Difference.Kind.EXTRA);
  }

  /** The statements are written to the source before the scan, and between any two looks. */
  private static ScanStatement whileWriting(ScanWorld world, String... statements)
      throws SQLException {
    world.onSource(statements);
    LookSettlement looks = new LookSettlement(Duration.ofMillis(1));
    Settlement writing =
        new Settlement() {
          @Override
          public Look look(ScanTable table, Cuts cuts, StopSignal stop) {
            try {
              world.onSource(statements);
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
            return looks.look(table, cuts, stop);
          }

          @Override
          public Duration pause() {
            return looks.pause();
          }
        };
    Scan scan =
        new Scan(
            ScanWorld.smallChunks(100),
            world.endpoints(),
            RowHash.random(),
            writing,
            new MemoryRecords(),
            Clock.systemUTC());
    return scan.run(List.of());
  }

  @Test
  void goesOnBehindTheLastChunkThatWasDone() throws Exception {
    ScanWorld world = ScanWorld.create().onBoth(TABLE);
    MemoryRecords records = new MemoryRecords();
    RowHash secret = RowHash.random();
    ScanConfig slow = new ScanConfig(1, 10, 100, Tolerances.NONE);
    Scan first = scan(world, slow, secret, records);
    CompletableFuture<ScanStatement> running =
        CompletableFuture.supplyAsync(() -> first.run(List.of()));
    await().atMost(PATIENCE).until(() -> records.progress(ScanWorld.table("t")).isPresent());

    first.stop();
    TableStatement stopped = running.get().tables().get(0);
    long done = records.progress(ScanWorld.table("t")).orElseThrow().outcome().chunks();
    // Only who goes on would not see this, and must not: it is behind the bound.
    world.onTarget("DELETE FROM t WHERE id = 1");
    ScanStatement resumed =
        scan(world, new ScanConfig(2, 10, 0, Tolerances.NONE), secret, records).run(List.of());

    assertThat(ScanIT.reason(stopped.verdict())).isEqualTo(UnknownReason.STOPPED);
    TableStatement table = resumed.tables().get(0);
    assertThat(table.verdict()).isEqualTo(Verdict.equal());
    assertThat(table.source().rows()).isEqualTo(500);
    assertThat(table.chunks()).isGreaterThan(done).isLessThanOrEqualTo(51);
    assertThat(table.onePosition()).as("a resumed scan claims no one position").isFalse();
    assertThat(records.progress(ScanWorld.table("t"))).isEmpty();
  }

  private static Scan scan(
      ScanWorld world, ScanConfig config, RowHash secret, ScanRecords records) {
    return new Scan(
        config,
        world.endpoints(),
        secret,
        new LookSettlement(ScanWorld.PAUSE),
        records,
        Clock.systemUTC());
  }

  @Test
  void keepsToItsPace() throws Exception {
    ScanWorld world = ScanWorld.create().onBoth(TABLE);
    long begin = System.nanoTime();

    TableStatement table =
        world.scan(new ScanConfig(2, 50, 250, Tolerances.NONE)).run(List.of()).tables().get(0);

    assertThat(table.verdict()).isEqualTo(Verdict.equal());
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isGreaterThanOrEqualTo(Duration.ofMillis(1_700));
  }

  @Test
  void laterLooksArePaidForToo() throws Exception {
    ScanWorld world = ScanWorld.create().onBoth(TABLE);
    world.onTarget("UPDATE t SET v = 1 WHERE id = 7");
    long begin = System.nanoTime();

    world.scan(new ScanConfig(1, 500, 500, Tolerances.NONE)).run(List.of());

    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .as("500 rows are read as a whole, as buckets, and for the one that differs")
        .isGreaterThanOrEqualTo(Duration.ofMillis(2_900));
  }

  @Test
  void goesOnWhenTheSourceHasEndedAllSessions() throws Exception {
    ScanWorld world = ScanWorld.create().onBoth(TABLE);
    MemoryRecords records = new MemoryRecords();
    Scan scan = scan(world, new ScanConfig(1, 50, 100, Tolerances.NONE), RowHash.random(), records);
    CompletableFuture<ScanStatement> running =
        CompletableFuture.supplyAsync(() -> scan.run(List.of()));
    await().atMost(PATIENCE).until(() -> records.progress(ScanWorld.table("t")).isPresent());

    world.onSource(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND application_name = 'veer: scan'");

    assertThat(running.get().verdict()).isEqualTo(Verdict.equal());
  }

  @Test
  void asksAgainWhenAStatementIsCancelled() throws Exception {
    ScanWorld world = ScanWorld.create();
    world.onBoth(
        "CREATE TABLE t (id int PRIMARY KEY, v text)",
        "INSERT INTO t SELECT i, repeat('x', 500) FROM generate_series(1, 200000) i");
    Scan scan = world.scan(new ScanConfig(1, 1_000_000, 0, Tolerances.NONE));
    CompletableFuture<ScanStatement> running =
        CompletableFuture.supplyAsync(() -> scan.run(List.of()));

    boolean cancelled = cancelledOnce(world, running);

    assertThat(running.get().verdict()).isEqualTo(Verdict.equal());
    assertThat(running.get().tables().get(0).source().rows()).isEqualTo(200_000);
    assertThat(cancelled).isTrue();
  }

  private static boolean cancelledOnce(ScanWorld world, CompletableFuture<?> running)
      throws SQLException {
    try (java.sql.Connection connection = world.connectSource();
        java.sql.Statement statement = connection.createStatement()) {
      while (!running.isDone()) {
        try (java.sql.ResultSet row =
            statement.executeQuery(
                "SELECT bool_or(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE state ="
                    + " 'active' AND datname = current_database() AND application_name = 'veer:"
                    + " scan' AND query LIKE '%hashtextextended%public%'")) {
          if (row.next() && row.getBoolean(1)) {
            return true;
          }
        }
      }
      return false;
    }
  }
}
