package nl.veer.verifier.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresTarget;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.sandbox.postgres.SandboxPostgres;
import nl.veer.verifier.verdict.Cuts;
import nl.veer.verifier.verdict.Difference;
import nl.veer.verifier.verdict.RangeLooks;
import nl.veer.verifier.verdict.RowKey;
import nl.veer.verifier.verdict.RowSum;
import nl.veer.verifier.verdict.SourceCut;
import nl.veer.verifier.verdict.TableStatement;
import nl.veer.verifier.verdict.TargetCut;
import nl.veer.verifier.verdict.Verdict;
import nl.veer.verifier.verdict.WaveVerdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A wave's verdict as it is made of the records on a target, and its history. */
class VerdictKeeperIT {
  private static final WaveId WAVE = new WaveId("shop", "main");
  private static final TableId ORDERS = new TableId("shop", "orders");
  private static final TableId ITEMS = new TableId("shop", "items");
  private static final Duration BOUND = Duration.ofMinutes(10);

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
    database = "verdict" + ++databases;
    server.createDatabase(database);
    try (Connection connection = server.connect(database)) {
      new PostgresTarget().migrateRecords(connection);
    }
    execute(
        "INSERT INTO veer.stamp (migration, wave, epoch, transaction_number, position)"
            + " VALUES ('shop', 'main', 1, 6, '0/64')",
        load(ITEMS),
        load(ORDERS));
  }

  @Test
  void historySaysWhatChangedEachVerdict() throws SQLException {
    try (ScanStore store = ScanStore.claim(target(), WAVE);
        VerdictKeeper keeper = new VerdictKeeper(target(), WAVE, false, BOUND)) {
      keeper.keep();
      scan(store, ITEMS, 10);
      keeper.keep();
      scan(store, ORDERS, 11);
      keeper.keep();
      keeper.keep();
      scan(store, ORDERS, 20, "5");
      keeper.keep();
      try (Connection connection = server.connect(database)) {
        long id = Differences.open(connection, WAVE, ORDERS, 1).get(0).id();
        Differences.repaired(connection, id, "repair 3");
      }
      keeper.keep();
      scan(store, ORDERS, 30);
      WaveVerdict last = keeper.keep();

      assertThat(last.verdict()).isEqualTo(Verdict.equal());
      assertThat(last.position()).isEqualTo(new LsnPosition(10));
    }

    assertThat(history("shop.orders"))
        .containsExactly(
            "UNKNOWN NEVER_SCANNED by load",
            "EQUAL by scan 2",
            "DIFFERENT by scan 3",
            "UNKNOWN BEHIND by repair 3",
            "EQUAL by scan 4");
    assertThat(history(null))
        .containsExactly(
            "UNKNOWN NEVER_SCANNED by load",
            "EQUAL by scan 2",
            "DIFFERENT by scan 3",
            "UNKNOWN BEHIND by repair 3",
            "EQUAL by scan 4");
    assertThat(history("shop.items"))
        .containsExactly("UNKNOWN NEVER_SCANNED by load", "EQUAL by scan 1");
  }

  @Test
  void aFindingMakesItDifferentUntilAScanThatBeganBehindItIsEqual() throws SQLException {
    try (ScanStore store = ScanStore.claim(target(), WAVE);
        VerdictKeeper keeper = new VerdictKeeper(target(), WAVE, false, BOUND)) {
      store.progress(ORDERS);
      String before = walEnd();
      finding("shop", "orders", walEnd());
      keep(store, ORDERS, 10);
      assertThat(keeper.keep().verdict())
          .as("begun at " + before)
          .isEqualTo(new Verdict.Different(1));

      scan(store, ORDERS, 30);
      scan(store, ITEMS, 30);

      assertThat(keeper.keep().verdict()).isEqualTo(Verdict.equal());
    }
    assertThat(history("shop.orders")).containsExactly("DIFFERENT by finding 1", "EQUAL by scan 2");
  }

  @Test
  void aFindingOfNoTableIsClosedWhenEveryTableIsProvenBehindIt() throws SQLException {
    try (ScanStore store = ScanStore.claim(target(), WAVE);
        VerdictKeeper keeper = new VerdictKeeper(target(), WAVE, false, BOUND)) {
      scan(store, ITEMS, 10);
      finding("", "", walEnd());
      scan(store, ORDERS, 10);
      assertThat(keeper.keep().verdict()).isEqualTo(new Verdict.Different(1));

      scan(store, ITEMS, 20);

      assertThat(keeper.keep().verdict()).isEqualTo(Verdict.equal());
    }
  }

  @Test
  void withoutTheLedgerThatShallBeThereItIsUnknown() throws SQLException {
    try (ScanStore store = ScanStore.claim(target(), WAVE);
        VerdictKeeper keeper = new VerdictKeeper(target(), WAVE, true, BOUND)) {
      scan(store, ITEMS, 10);
      scan(store, ORDERS, 10);
      WaveVerdict none = keeper.keep();
      execute(
          "INSERT INTO veer.ledger (migration, wave, epoch, digest_key, balanced_from,"
              + " balanced_position, balanced_committed_at, saved_at)"
              + " VALUES ('shop', 'main', 1, '', 0, '0/64', now(), now())");
      WaveVerdict dead = keeper.keep();
      WaveVerdict alive;
      try (Connection verifier = target().open(LedgerStore.purpose(WAVE))) {
        alive = keeper.keep();
        execute("UPDATE veer.ledger SET failure_code = 'LEDGER', failure = 'a gap'");
        assertThat(keeper.keep().verdict()).asString().contains("ERROR", "LEDGER: a gap");
        assertThat(verifier.isValid(5)).isTrue();
      }

      assertThat(none.verdict()).asString().contains("BEHIND");
      assertThat(none.position()).isNull();
      assertThat(dead.verdict()).asString().contains("BEHIND", "No process");
      assertThat(dead.position()).isEqualTo(LsnPosition.parse("0/64"));
      assertThat(alive.verdict()).isEqualTo(Verdict.equal());
    }
    assertThat(history("shop.orders"))
        .containsExactly("UNKNOWN BEHIND by ledger", "EQUAL by ledger", "UNKNOWN ERROR by ledger");
  }

  @Test
  void whoeverAsksMakesItAnewThoughNobodyWritesIt() throws SQLException {
    try (ScanStore store = ScanStore.claim(target(), WAVE);
        Connection connection = server.connect(database)) {
      scan(store, ITEMS, 10);
      scan(store, ORDERS, 10);

      assertThat(Verdicts.now(connection, WAVE, false, BOUND).orElseThrow().verdict())
          .isEqualTo(Verdict.equal());
      assertThat(Verdicts.now(connection, WAVE, true, BOUND).orElseThrow().verdict().word())
          .isEqualTo("UNKNOWN");
      assertThat(Verdicts.history(connection, WAVE, null, 10)).isEmpty();
    }
  }

  @Test
  void beforeAnythingIsKeptThereIsNone() throws SQLException {
    try (Connection connection = server.connect(database)) {
      assertThat(Verdicts.now(connection, WAVE, true, BOUND)).isEmpty();
      assertThat(Verdicts.history(connection, WAVE, null, 10)).isEmpty();
    }
  }

  private void scan(ScanStore store, TableId table, long at, String... differing) {
    store.progress(table);
    keep(store, table, at, differing);
  }

  private static void keep(ScanStore store, TableId table, long at, String... differing) {
    List<Difference> rows =
        Stream.of(differing)
            .map(
                key ->
                    new Difference(new RowKey(List.of(key)), Difference.Kind.VALUES, List.of("v")))
            .toList();
    Cuts cuts =
        new Cuts(
            new SourceCut(at + ":9:", new LsnPosition(at)),
            new TargetCut(
                "3:4:",
                new LsnPosition(77),
                new TargetCut.Applied(6, new LsnPosition(at), "log", 1_000)));
    store.keep(
        new TableStatement(
            table,
            rows.isEmpty() ? Verdict.equal() : new Verdict.Different(rows.size()),
            RowSum.NONE,
            RowSum.NONE,
            1,
            rows.size(),
            rows,
            0,
            0,
            0,
            List.of(),
            cuts,
            cuts,
            true,
            true,
            Duration.ofMillis(5),
            RangeLooks.NONE),
        "hash",
        Instant.EPOCH);
  }

  private List<String> history(@Nullable String table) throws SQLException {
    try (Connection connection = server.connect(database)) {
      return Verdicts.history(connection, WAVE, table, 100).stream()
          .map(
              one ->
                  one.verdict()
                      + (one.reason() == null ? "" : " " + one.reason())
                      + " by "
                      + one.changedBy())
          .toList();
    }
  }

  private static String load(TableId table) {
    return "INSERT INTO veer.load (migration, wave, table_schema, table_name, epoch, state,"
        + " truncate, whole_before, key_columns, boundary, boundary_position, row_count,"
        + " byte_count, completed_at) VALUES ('shop', 'main', '%s', '%s', 1, 'COMPLETE', false,"
            .formatted(table.schema(), table.name())
        + " false, 'id', '1:2:', '0/1', 0, 0, now())";
  }

  private void finding(String schema, String table, String position) throws SQLException {
    execute(
        ("INSERT INTO veer.finding (migration, wave, echo_id, echo_transaction, kind, table_schema,"
                + " table_name, key_digest, key_text, columns, in_log, in_echo, row_count,"
                + " echo_position, echo_xid, what) VALUES ('shop', 'main', 'e', 1,"
                + " 'FOREIGN_WRITER', '%s', '%s', '', '', '{}', 'NONE', 'PRESENT', 1, '%s', '7',"
                + " 'x')")
            .formatted(schema, table, position));
  }

  private String walEnd() throws SQLException {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "SELECT pg_logical_emit_message(true, 'test', 'on')::text,"
                    + " pg_current_wal_insert_lsn()::text")) {
      row.next();
      return row.getString(2);
    }
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private TargetConnections target() {
    return new TargetConnections(
        new DatabaseEndpoint(
            server.jdbcUrl(database), server.user(), new Secret(server.password()), Map.of()));
  }
}
