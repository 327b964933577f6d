package nl.veer.verifier.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.sandbox.postgres.SandboxPostgres;
import nl.veer.verifier.record.DifferenceRecord.State;
import nl.veer.verifier.scan.ChunkOutcome;
import nl.veer.verifier.scan.TableProgress;
import nl.veer.verifier.verdict.Cuts;
import nl.veer.verifier.verdict.Difference;
import nl.veer.verifier.verdict.Exclusion;
import nl.veer.verifier.verdict.RangeLook;
import nl.veer.verifier.verdict.RangeLooks;
import nl.veer.verifier.verdict.RowKey;
import nl.veer.verifier.verdict.RowSum;
import nl.veer.verifier.verdict.Scanned;
import nl.veer.verifier.verdict.SourceCut;
import nl.veer.verifier.verdict.TableStatement;
import nl.veer.verifier.verdict.TargetCut;
import nl.veer.verifier.verdict.UnknownReason;
import nl.veer.verifier.verdict.Verdict;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScanStoreIT {
  private static final TableId ORDERS = new TableId("shop", "orders");
  private static final WaveId WAVE = new WaveId("shop", "main");
  private static final String HASH = "hash";
  private static final RangeLook LOOK =
      new RangeLook(1, 4, 0, 0, Instant.parse("2026-11-29T18:00:00Z"));

  private static SandboxPostgres server;
  private static int databases;

  private String database = "";

  @BeforeAll
  static void start() {
    server = SandboxPostgres.startTemporary();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void makeTarget() throws SQLException {
    database = "target" + ++databases;
    server.createDatabase(database);
    try (Connection connection = server.connect(database)) {
      new PostgresTarget().migrateRecords(connection);
    }
    loaded("1:2:");
  }

  @Test
  void goesOnInAnotherProcessUnderTheSameSecret() {
    TableProgress progress = progress(3);
    byte[] secret;
    try (ScanStore store = claim()) {
      assertThat(store.progress(ORDERS)).isEmpty();
      store.chunkDone(progress);
      secret = store.secret().secret();
    }

    try (ScanStore store = claim()) {
      assertThat(store.progress(ORDERS)).contains(progress);
      assertThat(store.secret().secret()).isEqualTo(secret);
      store.tableDone(ORDERS);
      assertThat(store.progress(ORDERS)).as("nothing was kept yet").contains(progress);
      keepOnly(store, 10, true);
      assertThat(store.progress(ORDERS)).isEmpty();
    }
  }

  @Test
  void beginsAnewWhereTheTableWasLoadedAnew() throws SQLException {
    try (ScanStore store = claim()) {
      store.progress(ORDERS);
      store.chunkDone(progress(3));
      loaded("7:8:");

      assertThat(store.progress(ORDERS)).isEmpty();
    }
  }

  @Test
  void keepsNoProgressOfATableThatIsNotLoaded() throws SQLException {
    execute("UPDATE veer.load SET state = 'RUNNING'");
    try (ScanStore store = claim()) {
      store.progress(ORDERS);
      store.chunkDone(progress(3));
      loaded("1:2:");

      assertThat(store.progress(ORDERS)).isEmpty();
    }
  }

  @Test
  void anOlderVerifierKeepsNoProgressAnyMore() {
    try (ScanStore old = claim();
        ScanStore now = claim()) {
      old.progress(ORDERS);
      now.progress(ORDERS);
      now.chunkDone(progress(5));

      old.chunkDone(progress(3));
      keepOnly(old, 10, true);

      assertThat(now.progress(ORDERS)).contains(progress(5));
      old.renew();
      old.progress(ORDERS);
      old.chunkDone(progress(7));
      assertThat(now.progress(ORDERS)).contains(progress(7));
    }
  }

  @Test
  void aProofMayRestOnTheLastScanOfThePresentLoadIfThatSaysEqual() throws SQLException {
    try (ScanStore store = claim()) {
      assertThat(bases()).isEmpty();

      keep(store, 5, true);
      assertThat(bases()).containsOnlyKeys(ORDERS);
      ScanBase base = Objects.requireNonNull(bases().get(ORDERS));
      assertThat(base.source()).isEqualTo(new LsnPosition(5));
      assertThat(base.hasSeenOnSource(6, "4")).isTrue();
      assertThat(base.hasSeenOnSource(7, "4")).as("the target did not hold it").isFalse();
      assertThat(base.hasSeenOnSource(6, "9")).as("the source did not show it").isFalse();

      keep(store, 6, true, row("5", "v"));
      assertThat(bases()).as("a later one found a difference").isEmpty();
      keep(store, 7, true);
      assertThat(bases()).containsOnlyKeys(ORDERS);
      loaded("7:8:");
      assertThat(bases()).as("it looked at other rows").isEmpty();
    }
  }

  @Test
  void aDifferenceIsOpenOnceHoweverOftenItIsSeen() throws SQLException {
    try (ScanStore store = claim()) {
      keep(store, 10, true, row("5", "v"));
      keep(store, 20, true, row("5", "v", "w"), row("6", "v"));
    }

    List<DifferenceRecord> open = differences(State.OPEN);

    assertThat(open).extracting(DifferenceRecord::key).containsExactly(key("5"), key("6"));
    DifferenceRecord first = open.get(0);
    assertThat(first.columns()).containsExactly("v", "w");
    assertThat(first.source()).isEqualTo(new LsnPosition(20));
    assertThat(first.lastSeenAt()).isAfter(first.foundAt());
    assertThat(first.keyDigest()).hasSize(32).isNotEqualTo(open.get(1).keyDigest());
  }

  @Test
  void aDifferenceThatACompleteLookDoesNotSeeIsGone() throws SQLException {
    try (ScanStore store = claim()) {
      keep(store, 10, true, row("5", "v"), row("6", "v"));
      keep(store, 20, true, row("6", "v"));
    }

    assertThat(differences(State.OPEN)).extracting(DifferenceRecord::key).containsExactly(key("6"));
    assertThat(differences(State.GONE))
        .singleElement()
        .satisfies(gone -> assertThat(gone.closedBy()).isEqualTo("scan 2"));
  }

  @Test
  void aLookThatIsNotCompleteOrBeganBeforeSaysNothingOfOthers() throws SQLException {
    try (ScanStore store = claim()) {
      keep(store, 10, true, row("5", "v"));
      keep(store, 20, false);
      keep(store, 9, true);
    }

    assertThat(differences(State.OPEN)).hasSize(1);
  }

  @Test
  void whatIsMendedMayDifferAgain() throws SQLException {
    try (ScanStore store = claim()) {
      keep(store, 10, true, row("5", "v"));
      try (Connection connection = server.connect(database)) {
        long id = Differences.open(connection, WAVE, ORDERS, 10).get(0).id();
        Differences.blame(connection, id, "FOREIGN_WRITER", "Its last change has no stamp.");
        assertThat(Differences.repaired(connection, id, "repair 3")).isTrue();
        assertThat(Differences.repaired(connection, id, "repair 4")).isFalse();
      }
      keep(store, 20, true, row("5", "v"));
    }

    assertThat(differences(State.OPEN)).hasSize(1);
    assertThat(differences(State.REPAIRED))
        .singleElement()
        .satisfies(
            mended -> {
              assertThat(mended.closedBy()).isEqualTo("repair 3");
              assertThat(mended.culprit()).isEqualTo("FOREIGN_WRITER");
            });
  }

  @Test
  void whatIsMendedWhileAScanIsUnderWayIsNotRaisedAgainByIt() throws SQLException {
    try (ScanStore store = claim()) {
      keep(store, 10, true, row("5", "v"), row("6", "v"));
      store.progress(ORDERS);
      repairFirst("repair 3");
      keepOnly(store, 20, true, row("5", "v"), row("6", "v"));
      assertThat(last().verdict()).isEqualTo(new Verdict.Different(1));

      store.progress(ORDERS);
      repairFirst("repair 4");
      keepOnly(store, 30, true, row("6", "v"));
    }

    assertThat(differences(State.OPEN)).isEmpty();
    assertThat(differences(State.REPAIRED)).hasSize(2);
    assertThat(last().verdict()).asString().contains("BEHIND", "repaired");
  }

  @Test
  void whatWasSeenOfAnOlderLoadIsNotKept() throws SQLException {
    try (ScanStore store = claim()) {
      keep(store, 10, true, row("5", "v"));
      store.progress(ORDERS);
      loaded("7:8:");
      keepOnly(store, 20, true, row("6", "v"));
      assertThat(differences(State.OPEN))
          .extracting(DifferenceRecord::key)
          .containsExactly(key("5"));
      assertThat(last().verdict()).asString().contains("BEHIND", "loaded anew");

      store.progress(ORDERS);
      loaded("9:10:");
      keepOnly(store, 30, true);
    }

    assertThat(differences(State.GONE)).isEmpty();
    assertThat(last().verdict()).asString().contains("BEHIND", "loaded anew");
  }

  @Test
  void whoeverBeginsWaitsForNobodyThatWritesWhereAllIsMade() throws SQLException {
    claim().close();
    try (Connection writer = server.connect(database);
        Statement statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute(
          "LOCK TABLE veer.scan, veer.difference, veer.finding, veer.ledger, veer.verdict"
              + " IN ROW EXCLUSIVE MODE");
      try (Connection maker = server.connect(database);
          Statement locks = maker.createStatement()) {
        maker.setAutoCommit(false);
        RecordSchema.make(maker);
        try (var row =
            locks.executeQuery(
                "SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND ("
                    + "locktype = 'advisory' OR relation IN (SELECT oid FROM pg_class WHERE"
                    + " relnamespace = 'veer'::regnamespace))")) {
          row.next();
          assertThat(row.getLong(1)).isZero();
        }
      }
      writer.rollback();
    }
  }

  @Test
  void whatAnOlderVeerMadeIsTakenAlong() throws SQLException {
    claim().close();
    execute(
        "ALTER TABLE veer.scan DROP begun_snapshot",
        "ALTER TABLE veer.scan_progress DROP begun_snapshot, DROP begun_at, DROP ranges",
        "DROP TABLE veer.scan_ranges",
        "DROP INDEX veer.difference_open");
    try (ScanStore store = claim()) {
      store.progress(ORDERS);
      store.chunkDone(progress(3));
      keep(store, 10, true, row("5", "v"));
    }

    assertThat(differences(State.OPEN)).hasSize(1);
  }

  @Test
  void aLostConnectionDoesNotCostAScanItsStatement() throws SQLException {
    try (ScanStore store = claim()) {
      store.progress(ORDERS);
      execute(
          "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity"
              + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
      keepOnly(store, 10, true, row("5", "v"));
    }

    assertThat(differences(State.OPEN)).hasSize(1);
    assertThat(last().ofThisLoad()).isTrue();
  }

  private void repairFirst(String by) throws SQLException {
    try (Connection connection = server.connect(database)) {
      long id = Differences.open(connection, WAVE, ORDERS, 1).get(0).id();
      assertThat(Differences.repaired(connection, id, by)).isTrue();
    }
  }

  private Scanned last() throws SQLException {
    try (Connection connection = server.connect(database)) {
      return ScanSql.last(connection, WAVE, 1).getOrDefault(ORDERS, List.of()).get(0);
    }
  }

  @Test
  void theLastStatementOfATableIsKnownWithItsLoad() throws SQLException {
    try (ScanStore store = claim()) {
      store.progress(ORDERS);
      keep(store, 10, true, row("5", "v"));
      store.progress(ORDERS);
      keep(store, 20, true);
      assertThat(store.keep(stopped(), HASH, Instant.EPOCH)).isEmpty();
    }

    try (Connection connection = server.connect(database)) {
      Scanned last = ScanSql.last(connection, WAVE, 1).getOrDefault(ORDERS, List.of()).get(0);
      assertThat(last.verdict()).isEqualTo(Verdict.equal());
      assertThat(last.ofThisLoad()).isTrue();
      assertThat(last.first()).isEqualTo(new LsnPosition(20));
      assertThat(last.firstTransaction()).isEqualTo(6);
      assertThat(last.exclusions()).containsExactly(new Exclusion("seen", "left \"out\"", 3));
    }
  }

  @Test
  void aScanThatRestedInMidTableIsAsOldAsItsFirstLook() throws SQLException {
    try (ScanStore store = claim()) {
      store.progress(ORDERS);
      store.chunkDone(progress(3));
    }
    execute("UPDATE veer.scan_progress SET begun_at = begun_at - interval '720 hours'");
    try (ScanStore store = claim()) {
      assertThat(store.progress(ORDERS)).isPresent();
      keepOnly(store, 10, true);
    }

    Scanned resumed = last();
    assertThat(resumed.verdict()).isEqualTo(Verdict.equal());
    assertThat(Duration.between(resumed.begunAt(), resumed.keptAt()))
        .isBetween(Duration.ofDays(30), Duration.ofDays(31));
    execute("ALTER TABLE veer.scan DROP begun_at");
    assertThat(last().begunAt()).as("as an older Veer keeps it").isEqualTo(Instant.EPOCH);
  }

  @Test
  void whatCouldNotBeLookedAtIsSaidOfThePresentLoad() throws SQLException {
    try (ScanStore store = claim()) {
      store.keep(
          TableStatement.unknown(ORDERS, UnknownReason.ERROR, "It has no column v."),
          HASH,
          Instant.EPOCH);
    }

    try (Connection connection = server.connect(database)) {
      assertThat(ScanSql.last(connection, WAVE, 1).getOrDefault(ORDERS, List.of()))
          .singleElement()
          .satisfies(last -> assertThat(last.ofThisLoad()).isTrue());
    }
  }

  @Test
  void onlySoManyStatementsOfATableAreKept() throws SQLException {
    try (ScanStore store = claim()) {
      for (int i = 1; i <= 103; i++) {
        keep(store, i, true);
      }
    }

    assertThat(count("scan")).isEqualTo(100);
  }

  @Test
  void whatWasSeenOfATableIsKnownUntilItIsLoadedAnew() throws SQLException {
    try (ScanStore store = claim()) {
      assertThat(look(Instant.EPOCH).coverage()).isZero();
      keep(store, 10, true, row("5", "v", "w"), row("6", "w"));
    }

    TableLook look = look(LOOK.at());
    assertThat(look).isEqualTo(new TableLook(ORDERS, 0L, 0L, "0/A", "0/A", 1, LOOK.at(), 0L));
    assertThat(look(LOOK.at().plusMillis(1)).coverage()).as("too old").isZero();
    assertThat(parts().looks().all()).containsExactly(LOOK);
    assertThat(parts().differences()).isEqualTo(2);
    assertThat(columns()).containsExactly(Map.entry("w", 2L), Map.entry("v", 1L));
    loaded("7:8:");
    assertThat(look(Instant.EPOCH))
        .isEqualTo(new TableLook(ORDERS, null, null, null, null, 0, null, null));
    assertThat(parts().scan()).isNull();
    assertThat(parts().looks()).isEqualTo(RangeLooks.NONE);
  }

  @Test
  void aScanUnderWayIsToldBeforeThoseThatAreOver() throws SQLException {
    try (ScanStore store = claim()) {
      keep(store, 10, true);
      store.progress(ORDERS);
      store.chunkDone(progress(3));

      assertThat(scans(10))
          .extracting(PastScan::ended, PastScan::running, PastScan::verdict, PastScan::rows)
          .containsExactly(tuple(false, true, "DIFFERENT", 5L), tuple(true, false, "EQUAL", 0L));
      assertThat(scans(10)).extracting(PastScan::kind).containsOnly("ASKED");
      assertThat(scans(1)).hasSize(1);
      assertThat(look(Instant.EPOCH).coverage()).isEqualTo(1);
    }
    execute(
        "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity"
            + " WHERE pid <> pg_backend_pid() AND application_name LIKE '%scans%'");
    assertThat(scans(10).get(0).running()).isFalse();
  }

  @Test
  void aScanThatDidNotLookAtEverythingKeepsTheSightOfOneThatDid() throws SQLException {
    try (ScanStore store = claim()) {
      keep(store, 10, true);
      keep(store, 20, false);
    }

    assertThat(scans(10)).extracting(PastScan::complete).containsExactly(false, true);
    assertThat(parts().scan()).isEqualTo(scans(10).get(1).id());
  }

  @Test
  void forgetsWhatAnOlderVeerKept() throws SQLException {
    claim().close();
    execute("DROP TABLE veer.scan_ranges");
    try (Connection connection = server.connect(database)) {
      assertThat(ScanHistory.looks(connection, WAVE, Instant.EPOCH)).isEmpty();
      ScanStore.forget(connection, WAVE);
    }

    assertThat(count("scanner")).isZero();
  }

  @Test
  void forgetsAllOfAWave() throws SQLException {
    try (ScanStore store = claim()) {
      store.progress(ORDERS);
      store.chunkDone(progress(3));
      keep(store, 10, true, row("5", "v"));
    }

    try (Connection connection = server.connect(database)) {
      ScanStore.forget(connection, WAVE);
    }

    for (String table :
        List.of(
            "scanner",
            "scan_progress",
            "scan_ranges",
            "scan",
            "difference",
            "verdict",
            "scan_secret")) {
      assertThat(count(table)).as(table).isZero();
    }
  }

  private ScanStore claim() {
    return ScanStore.claim(
        new TargetConnections(
            new DatabaseEndpoint(
                server.jdbcUrl(database), server.user(), new Secret(server.password()), Map.of())),
        WAVE);
  }

  private List<DifferenceRecord> differences(State state) throws SQLException {
    try (Connection connection = server.connect(database)) {
      return Differences.read(connection, WAVE, null, state, 100);
    }
  }

  private Map<TableId, ScanBase> bases() throws SQLException {
    try (Connection connection = server.connect(database)) {
      return ScanStore.bases(connection, WAVE);
    }
  }

  private TableLook look(Instant since) throws SQLException {
    try (Connection connection = server.connect(database)) {
      return ScanHistory.looks(connection, WAVE, since).get(0);
    }
  }

  private TableParts parts() throws SQLException {
    try (Connection connection = server.connect(database)) {
      return ScanHistory.parts(connection, WAVE, ORDERS).orElseThrow();
    }
  }

  private List<PastScan> scans(int limit) throws SQLException {
    try (Connection connection = server.connect(database)) {
      return ScanHistory.scans(connection, WAVE, ORDERS, limit);
    }
  }

  private Map<String, Long> columns() throws SQLException {
    try (Connection connection = server.connect(database)) {
      return ScanHistory.columns(connection, WAVE, ORDERS, 10);
    }
  }

  private long count(String table) throws SQLException {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement();
        var row = statement.executeQuery("SELECT count(*) FROM veer." + table)) {
      row.next();
      return row.getLong(1);
    }
  }

  private void loaded(String boundary) throws SQLException {
    execute(
        "DELETE FROM veer.load",
        "INSERT INTO veer.load (migration, wave, table_schema, table_name, epoch, state, truncate,"
            + " whole_before, key_columns, boundary, boundary_position, row_count, byte_count,"
            + " completed_at) VALUES ('shop', 'main', 'shop', 'orders', 1, 'COMPLETE', false,"
            + " false, 'id', '"
            + boundary
            + "', '0/1', 0, 0, now())");
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static void keep(ScanStore store, long at, boolean complete, Difference... rows) {
    store.progress(ORDERS);
    keepOnly(store, at, complete, rows);
  }

  private static void keepOnly(ScanStore store, long at, boolean complete, Difference... rows) {
    assertThat(store.keep(statement(at, complete, List.of(rows)), HASH, Instant.EPOCH)).isPresent();
  }

  private static TableStatement stopped() {
    return TableStatement.unknown(ORDERS, UnknownReason.STOPPED, "It was stopped.");
  }

  private static TableStatement statement(long at, boolean complete, List<Difference> rows) {
    return new TableStatement(
        ORDERS,
        rows.isEmpty() ? Verdict.equal() : new Verdict.Different(rows.size()),
        RowSum.NONE,
        RowSum.NONE,
        1,
        rows.size(),
        rows,
        0,
        0,
        0,
        List.of(new Exclusion("seen", "left \"out\"", 3)),
        cuts(at),
        cuts(at),
        complete,
        true,
        Duration.ofMillis(5),
        new RangeLooks(List.of(LOOK)));
  }

  private static TableProgress progress(long key) {
    Difference odd = new Difference(key("a\"\\,", "\u00e4"), Difference.Kind.EXTRA, List.of());
    ChunkOutcome outcome =
        new ChunkOutcome(
            new RowSum(4, BigInteger.ONE.shiftLeft(127)),
            new RowSum(5, BigInteger.TEN),
            2,
            7,
            List.of(odd, row("5", "v", "w")),
            1,
            2,
            3,
            cuts(10),
            cuts(11),
            false);
    return new TableProgress(
        ORDERS, "shape", List.of(Long.toString(key)), outcome, new RangeLooks(List.of(LOOK)));
  }

  private static Cuts cuts(long at) {
    return new Cuts(
        new SourceCut(at + ":9:", new LsnPosition(at)),
        new TargetCut(
            "3:4:",
            new LsnPosition(77),
            new TargetCut.Applied(6, new LsnPosition(at), "log", 1_000)));
  }

  private static Difference row(String key, String... columns) {
    return new Difference(key(key), Difference.Kind.VALUES, List.of(columns));
  }

  private static RowKey key(String... texts) {
    return new RowKey(List.of(texts));
  }
}
