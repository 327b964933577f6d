package nl.veer.verifier.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.sandbox.postgres.SandboxPostgres;
import nl.veer.verifier.digest.Digest128;
import nl.veer.verifier.ledger.Found;
import nl.veer.verifier.ledger.Found.Further;
import nl.veer.verifier.ledger.Imbalance;
import nl.veer.verifier.ledger.Imbalance.Kind;
import nl.veer.verifier.ledger.Imbalance.Outcome;
import nl.veer.verifier.ledger.LedgerCheckpoint;
import nl.veer.verifier.ledger.LedgerCounts;
import nl.veer.verifier.ledger.Where;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the ledger finds, as it is kept on a target, closed and blamed. */
class FindingRecordsIT {
  private static final WaveId WAVE = new WaveId("shop", "main");
  private static final WaveId OTHER = new WaveId("shop", "other");
  private static final TableId ITEMS = new TableId("shop", "items");
  private static final TableId NOTES = new TableId("shop", "notes");
  private static SandboxPostgres server;
  private static int databases;

  private TargetConnections target;
  private Connection connection;

  @BeforeAll
  static void start() {
    server = SandboxPostgres.startTemporary();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void create() throws SQLException {
    String database = "findings" + ++databases;
    server.createDatabase(database);
    target =
        new TargetConnections(
            new DatabaseEndpoint(
                server.jdbcUrl(database), server.user(), new Secret(server.password()), Map.of()));
    connection = server.connect(database);
    execute("CREATE SCHEMA veer");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void isClosedByProofThatLooksBehindIt() throws SQLException {
    save(at(10, ITEMS, 1), at(20, ITEMS, 2), at(20, NOTES, 3), at(20, null, 0));

    assertThat(FindingRecords.close(connection, WAVE, ITEMS, upTo(lsn(19)), "scan 4")).isEqualTo(1);

    assertThat(FindingRecords.open(connection, WAVE))
        .containsOnly(
            Map.entry(Optional.of(ITEMS), new OpenFindings(1, 2, lsn(20))),
            Map.entry(Optional.of(NOTES), new OpenFindings(1, 3, lsn(20))),
            Map.entry(Optional.empty(), new OpenFindings(1, 4, lsn(20))));
    assertThat(FindingRecords.open(connection, OTHER)).isEmpty();
    assertThat(read())
        .extracting(FindingRecord::closedBy, FindingRecord::isOpen)
        .startsWith(tuple("scan 4", false), tuple(null, true));
    assertThat(read().get(0).closedAt()).isNotNull();
    assertThat(FindingRecords.close(connection, WAVE, ITEMS, upTo(lsn(20)), "scan 5")).isEqualTo(1);
    assertThat(read().get(0).closedBy()).as("what is closed stays as it is").isEqualTo("scan 4");
    assertThat(FindingRecords.close(connection, WAVE, null, upTo(lsn(20)), "scan 6")).isEqualTo(1);
    assertThat(view()).isEqualTo(1);
  }

  @Test
  void rowsThatWereMendedAreClosedAloneAndTheBlameIsKept() throws SQLException {
    save(at(10, ITEMS, 1), at(10, ITEMS, 2), at(11, ITEMS, 2));

    assertThat(
            FindingRecords.closeRows(
                connection, WAVE, ITEMS, List.of(key(2), key(9)), upTo(lsn(30)).get(0), "repair 3"))
        .isEqualTo(2);
    FindingRecords.blame(connection, 1, "TARGET", "changed after it was applied");

    assertThat(read())
        .extracting(FindingRecord::closedBy, FindingRecord::culprit, FindingRecord::blame)
        .containsExactly(
            tuple(null, "TARGET", "changed after it was applied"),
            tuple("repair 3", null, null),
            tuple("repair 3", null, null));
  }

  @Test
  void whatWasNotVisibleYetWhenTheLookBeganStaysOpenThoughItsPlaceLiesBefore() throws SQLException {
    String ended = xid(connection);
    try (Connection foreign = server.connect("findings" + databases)) {
      foreign.setAutoCommit(false);
      String open = xid(foreign);
      Horizon before = Horizon.now(connection);
      foreign.commit();
      save(
          at(10, ITEMS, 1, ended),
          at(10, ITEMS, 2, open),
          at(10, null, 0, ended),
          at(11, null, 0, open));
      Horizon after = Horizon.now(connection);

      assertThat(FindingRecords.close(connection, WAVE, ITEMS, List.of(before), "scan 4"))
          .isEqualTo(1);
      assertThat(
              FindingRecords.closeRows(
                  connection, WAVE, ITEMS, List.of(key(2)), before, "repair 4"))
          .isZero();
      assertThat(FindingRecords.close(connection, WAVE, null, List.of(after, before), "scan 4"))
          .as("one table was seen before")
          .isEqualTo(1);
      assertThat(read())
          .filteredOn(FindingRecord::isOpen)
          .extracting(FindingRecord::echoTransaction)
          .containsExactly(open, open);
      assertThat(FindingRecords.close(connection, WAVE, ITEMS, List.of(after), "scan 5"))
          .isEqualTo(1);
      assertThat(FindingRecords.close(connection, WAVE, null, List.of(after, after), "scan 5"))
          .isEqualTo(1);
    }
  }

  @Test
  void numbersOfTransactionsAreTakenAcrossTheTurnOfTheirCounter() throws SQLException {
    long turn = 1L << 32;
    Horizon before = new Horizon(lsn(20), (turn - 5) + ":" + (turn + 5) + ":" + (turn - 5));
    save(
        at(10, ITEMS, 1, String.valueOf(turn - 6)),
        at(10, ITEMS, 2, String.valueOf(turn - 5)),
        at(10, ITEMS, 3, "4"),
        at(10, ITEMS, 4, "5"));

    FindingRecords.close(connection, WAVE, ITEMS, List.of(before), "scan 4");

    assertThat(read())
        .filteredOn(FindingRecord::isOpen)
        .extracting(FindingRecord::keyText)
        .containsExactly("id=2", "id=4");
  }

  @Test
  void whatHasNoPlaceInTheTargetIsTakenToBeAsLateAsItsRecord() throws SQLException {
    Where nowhere = new Where(null, null, null, "");
    Horizon before = Horizon.now(connection);
    save(
        new Imbalance(
            Kind.NUMBERING,
            null,
            null,
            "",
            List.of(),
            Outcome.NONE,
            Outcome.NONE,
            1,
            nowhere,
            nowhere,
            "a gap"));

    assertThat(FindingRecords.close(connection, WAVE, null, List.of(before), "scan 1")).isZero();
    assertThat(
            FindingRecords.close(
                connection, WAVE, null, List.of(Horizon.now(connection)), "scan 2"))
        .isEqualTo(1);
  }

  @Test
  void keepsABoundedNumberOfATableAndCountsTheRest() throws SQLException {
    try (LedgerStore store = LedgerStore.claim(target, WAVE)) {
      assertThat(store.checkpoint()).isEmpty();
    }
    List<Imbalance> many = new ArrayList<>();
    for (int i = 1; i <= 7; i++) {
      many.add(at(i, ITEMS, i));
    }
    many.add(at(8, NOTES, 8));
    Found found = new Found(many, List.of(new Further(Kind.EXTRA, ITEMS, 40, many.get(7).echo())));

    FindingSql.write(connection, WAVE, "echo", found, 5);
    assertThat(FindingRecords.open(connection, WAVE).get(Optional.of(ITEMS)))
        .extracting(OpenFindings::count, OpenFindings::upTo)
        .containsExactly(47L, lsn(8));
    assertThat(read()).hasSize(7);

    FindingRecords.close(connection, WAVE, ITEMS, upTo(lsn(8)), "scan 1");
    FindingSql.write(connection, WAVE, "echo", new Found(List.of(at(9, ITEMS, 1)), List.of()), 5);
    assertThat(read())
        .filteredOn(FindingRecord::isOpen)
        .extracting(FindingRecord::echoPosition)
        .as("a closed one has made room")
        .containsExactly("0/8", "0/9");
    FindingSql.write(connection, WAVE, "echo", new Found(List.of(), found.further()), 5);
    assertThat(FindingRecords.open(connection, WAVE).get(Optional.of(ITEMS)))
        .as("what was counted and closed is not counted again")
        .extracting(OpenFindings::count)
        .isEqualTo(41L);
  }

  @Test
  void findsOfAnOlderVeerAreTakenAlong() throws SQLException {
    save(at(10, ITEMS, 1));
    execute(
        "ALTER TABLE veer.finding DROP culprit, DROP blame, DROP closed_by, DROP closed_at",
        "ALTER TABLE veer.ledger DROP failure_code, DROP failure");

    LedgerStore.claim(target, WAVE).close();

    assertThat(FindingRecords.open(connection, WAVE)).hasSize(1);
    assertThat(view()).isEqualTo(1);
  }

  @Test
  void thereIsNothingWhereNoLedgerWasBegun() throws SQLException {
    assertThat(FindingRecords.open(connection, WAVE)).isEmpty();
    assertThat(FindingRecords.close(connection, WAVE, ITEMS, upTo(lsn(1)), "scan 1")).isZero();
    assertThat(read()).isEmpty();
  }

  private void save(Imbalance... findings) {
    try (LedgerStore store = LedgerStore.claim(target, WAVE)) {
      store.checkpoint();
      store.save(
          new LedgerCheckpoint(1, "echo", 1, 1, null, "log", null, LedgerCounts.NONE, Map.of()),
          new Found(List.of(findings), List.of()));
    }
  }

  private static Imbalance at(long lsn, @Nullable TableId table, int key) {
    return at(lsn, table, key, "7");
  }

  private static Imbalance at(long lsn, @Nullable TableId table, int key, String xid) {
    return new Imbalance(
        Kind.EXTRA,
        table,
        key == 0 ? null : key(key),
        "id=" + key,
        List.of(),
        Outcome.NONE,
        Outcome.PRESENT,
        1,
        new Where(null, null, null, ""),
        new Where(new EventPlace(lsn, 1), lsn(lsn), Instant.EPOCH, xid),
        "the target changed the row, the log does not");
  }

  private static Digest128 key(int number) {
    return new Digest128(number, number);
  }

  private static LsnPosition lsn(long lsn) {
    return new LsnPosition(lsn);
  }

  /** Everything that has ended by now was visible. */
  private List<Horizon> upTo(LsnPosition position) throws SQLException {
    return List.of(new Horizon(position, Horizon.now(connection).snapshot()));
  }

  private static String xid(Connection session) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_current_xact_id()::xid::text")) {
      row.next();
      return row.getString(1);
    }
  }

  private List<FindingRecord> read() throws SQLException {
    return FindingRecords.read(connection, WAVE, null, 100);
  }

  private long view() throws SQLException {
    return LedgerStore.view(connection, WAVE).orElseThrow().findings();
  }

  private void execute(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
