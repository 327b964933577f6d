package nl.veer.control.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.cli.Veer;
import nl.veer.control.config.CutoverConfig;
import nl.veer.control.config.VerificationConfig;
import nl.veer.control.crossing.Alone;
import nl.veer.control.crossing.Crossing;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.gate.PredicateState.Shut;
import nl.veer.control.gate.PredicateState.Unknown;
import nl.veer.control.gate.PredicateState.Waived;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.Role;
import nl.veer.verifier.record.AuditLog;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * One crossing whose gate is open. Each test shuts it one way, sees what is shut, and mends it: the
 * next one begins with an open gate.
 */
@Alone
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GateIT {
  private static final String[] SCHEMA = {
    "CREATE TABLE customers (id int PRIMARY KEY, email text NOT NULL)",
    "CREATE UNIQUE INDEX customers_email ON customers (lower(email))",
    "CREATE TABLE orders (id int PRIMARY KEY, customer int, total numeric,"
        + " CONSTRAINT orders_customer FOREIGN KEY (customer) REFERENCES customers (id),"
        + " CONSTRAINT orders_total CHECK (total >= 0))",
    "CREATE INDEX orders_by_customer ON orders (customer)",
    "CREATE SEQUENCE invoice_numbers CACHE 5",
    "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS" + " 'BEGIN RETURN NEW; END'",
    "CREATE TRIGGER orders_touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch()"
  };

  /** Generous to a busy machine; three times as long is what a frozen pipeline takes. */
  private static final Duration LAG = Duration.ofSeconds(2);

  private static final String MARKER = "no answer within 6,000 ms";

  @TempDir private static Path data;
  private CrossingWorld world;
  private Migration migration;
  private Crossing capture;
  private Crossing replicate;
  private Crossing verify;

  @BeforeAll
  void begin() throws SQLException {
    world = CrossingWorld.with(SCHEMA);
    world.onSource(
        "INSERT INTO customers SELECT i, 'c' || i FROM generate_series(1, 50) i",
        "INSERT INTO orders SELECT i, 1 + i % 50, i FROM generate_series(1, 200) i");
    migration = migration(VerificationConfig.of(true, true).scanning(Duration.ofDays(1), 0));
    capture = begin(Role.CAPTURE, migration);
    replicate = begin(Role.REPLICATE, migration);
    replicate.awaitReplicating();
    verify = begin(Role.VERIFY, migration);
    waive("rehearsed");
    awaitOpen();
    // Each table was scanned once. Nothing scans from here on, so that nothing heals by itself.
    verify.close();
    migration = migration(VerificationConfig.of(true, false));
    verify = begin(Role.VERIFY, migration);
    awaitOpen();
  }

  @AfterAll
  void end() throws SQLException {
    world.close();
  }

  private Migration migration(VerificationConfig how) throws SQLException {
    Migration plain = world.migration();
    return new Migration(plain.source(), plain.target(), plain.waves(), plain.tuning(), how, data);
  }

  private Crossing begin(Role role, Migration with) {
    return world.begin(role, with, log());
  }

  private static OpenLog log() {
    return OpenLog.at(CrossingWorld.sandbox().kafka(), CrossingWorld.sandbox().registry());
  }

  private static CutoverConfig cutover() {
    CutoverConfig all = CutoverConfig.standard();
    return new CutoverConfig(
        all.fence(),
        List.of(),
        null,
        null,
        null,
        all.maxOutage(),
        all.writersWait(),
        LAG,
        all.gateScanAge(),
        all.gateRehearsalAge(),
        all.sequenceMargin());
  }

  private GateReport gate() {
    return gate(GateIT::log);
  }

  private GateReport gate(Supplier<OpenLog> log) {
    return new Gate(
            cutover(),
            migration.verification(),
            log,
            new RehearsalsOnRecord(),
            Clock.systemUTC(),
            new StopSignal())
        .read(GateSide.first(migration, world.wave));
  }

  private void waive(String predicate) throws SQLException {
    awaitRecords();
    try (Connection home = world.target()) {
      WaiverStore.waive(home, world.wave, predicate, "it is a test");
    }
  }

  private void awaitRecords() {
    CrossingWorld.await("the records", () -> is("to_regclass('veer.stamp') IS NOT NULL"));
  }

  private boolean is(String condition) {
    try {
      return world.targetText("SELECT " + condition).equals("t");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitOpen() {
    Awaitility.await("an open gate")
        .atMost(CrossingWorld.PATIENCE)
        .untilAsserted(
            () -> {
              GateReport report = gate();
              assertThat(report.blockers()).isEmpty();
              assertThat(report.open()).isTrue();
            });
  }

  /** Answers the report as it was when exactly these were shut. */
  private GateReport awaitShut(String... names) {
    AtomicReference<GateReport> last = new AtomicReference<>();
    Awaitility.await("exactly this shut")
        .atMost(CrossingWorld.PATIENCE)
        .untilAsserted(
            () -> {
              GateReport report = gate();
              last.set(report);
              assertThat(report.blockers())
                  .as("%s", report.blockers())
                  .allSatisfy(one -> assertThat(one.state()).isInstanceOf(Shut.class))
                  .extracting(Predicate::name)
                  .containsExactlyInAnyOrder(names);
            });
    return Objects.requireNonNull(last.get());
  }

  private static String value(GateReport report, String name) {
    return report.predicates().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow()
        .state()
        .value();
  }

  private interface Step {
    void run() throws SQLException;
  }

  /** Shuts the gate, looks, and mends it, whatever was seen. */
  private void shutBy(Step harm, Step look, Step mend) throws SQLException {
    harm.run();
    try {
      look.run();
    } finally {
      mend.run();
    }
    awaitOpen();
  }

  private void shutOnTarget(String harm, String mend, String name, String words)
      throws SQLException {
    shutBy(
        () -> world.onTarget(harm),
        () -> assertThat(value(awaitShut(name), name)).contains(words),
        () -> world.onTarget(mend));
  }

  @Test
  void opensWhenAllIsWellAndTheRehearsalIsWaived() {
    GateReport report = gate();

    assertThat(report.open()).as("%s", report.blockers()).isTrue();
    assertThat(report.predicates().get(0).name()).isEqualTo("rehearsed");
    assertThat(report.predicates().get(0).state()).isInstanceOf(Waived.class);
    assertThat(value(report, "verdict-equal")).matches("EQUAL at [0-9A-F]+/[0-9A-F]+, 2 tables");
    assertThat(value(report, "lag-apply")).matches("[\\d,]+ ms for a marker");
    assertThat(value(report, "sequences")).startsWith("1 known on both sides");
    assertThat(value(report, "constraints")).startsWith("7 present and valid");
  }

  @Test
  void aTriggerThatIsOffShutsIt() throws SQLException {
    shutOnTarget(
        "ALTER TABLE orders DISABLE TRIGGER orders_touch",
        "ALTER TABLE orders ENABLE TRIGGER orders_touch",
        "triggers",
        "orders_touch of public.orders is off");
  }

  @Test
  void aConstraintThatIsNotValidatedShutsIt() throws SQLException {
    shutBy(
        () ->
            world.onTarget(
                "ALTER TABLE orders DROP CONSTRAINT orders_total",
                "ALTER TABLE orders ADD CONSTRAINT orders_total CHECK (total >= 0) NOT VALID"),
        () ->
            assertThat(value(awaitShut("constraints"), "constraints"))
                .isEqualTo("orders_total of public.orders is not validated"),
        () -> world.onTarget("ALTER TABLE orders VALIDATE CONSTRAINT orders_total"));
  }

  @Test
  void aForeignKeyThatIsMissingShutsIt() throws SQLException {
    shutOnTarget(
        "ALTER TABLE orders DROP CONSTRAINT orders_customer",
        "ALTER TABLE orders ADD CONSTRAINT orders_customer FOREIGN KEY (customer)"
            + " REFERENCES customers (id)",
        "constraints",
        "orders_customer of public.orders is missing");
  }

  @Test
  void aForeignKeyWhoseTriggersAreOffShutsIt() throws SQLException {
    shutBy(
        () -> world.onTarget("ALTER TABLE orders DISABLE TRIGGER ALL"),
        () ->
            assertThat(value(awaitShut("constraints", "triggers"), "constraints"))
                .contains("its triggers are off"),
        () -> world.onTarget("ALTER TABLE orders ENABLE TRIGGER ALL"));
  }

  /** Validated where nothing was checked: the server says so of what Veer has applied. */
  @Test
  void aForeignKeyThatOnlyTheTargetHasIsProvenByItsRows() throws SQLException {
    shutBy(
        () -> {
          world.onTarget(
              "ALTER TABLE customers ADD CONSTRAINT only_here FOREIGN KEY (id)"
                  + " REFERENCES orders (id)");
          awaitOpen();
          world.onSource("DELETE FROM orders WHERE id = 7");
          replicate.awaitApplied();
        },
        () ->
            assertThat(value(awaitShut("constraints"), "constraints"))
                .isEqualTo("only_here of public.customers: 1 rows refer to nothing"),
        () -> {
          world.onTarget("ALTER TABLE customers DROP CONSTRAINT only_here");
          world.onSource("INSERT INTO orders VALUES (7, 8, 7)");
        });
  }

  @Test
  void aColumnThatMayBeNullShutsIt() throws SQLException {
    shutOnTarget(
        "ALTER TABLE customers ALTER COLUMN email DROP NOT NULL",
        "ALTER TABLE customers ALTER COLUMN email SET NOT NULL",
        "constraints",
        "NOT NULL of public.customers.email is missing");
  }

  @Test
  void aUniqueIndexThatIsMissingShutsItAndAPlainOneIsNamed() throws SQLException {
    shutOnTarget(
        "DROP INDEX customers_email",
        "CREATE UNIQUE INDEX other_name ON customers (lower(email))",
        "indexes",
        "unique customers_email of public.customers is missing");
    world.onTarget("DROP INDEX orders_by_customer");
    try {
      assertThat(value(gate(), "indexes")).endsWith("without plain ones: orders_by_customer");
    } finally {
      world.onTarget("CREATE INDEX orders_by_customer ON orders (customer)");
    }
  }

  @Test
  void aSequenceThatIsMissingShutsIt() throws SQLException {
    shutOnTarget(
        "DROP SEQUENCE invoice_numbers",
        "CREATE SEQUENCE invoice_numbers CACHE 5",
        "sequences",
        "Sequence public.invoice_numbers does not exist");
  }

  @Test
  void anExtensionThatIsMissingShutsIt() throws SQLException {
    shutBy(
        () -> world.onSource("CREATE EXTENSION hstore"),
        () ->
            assertThat(value(awaitShut("settings"), "settings"))
                .isEqualTo("extension hstore is missing"),
        () -> world.onSource("DROP EXTENSION hstore"));
  }

  @Test
  void withoutAFreeSlotThereIsNoWayBack() throws SQLException {
    shutOnTarget(
        "SELECT pg_create_physical_replication_slot('fill_' || i) FROM generate_series(1,"
            + " current_setting('max_replication_slots')::int"
            + " - (SELECT count(*)::int FROM pg_replication_slots)) i",
        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
            + " WHERE slot_name LIKE 'fill%'",
        "reverse-slots",
        "no replication slot is free on the passive side");
  }

  @Test
  void aTableThatWasNeverScannedShutsIt() throws SQLException {
    shutBy(
        () -> world.onTarget("UPDATE veer.scan SET table_name = 'x' WHERE table_name = 'orders'"),
        () ->
            assertThat(value(awaitShut("tables-scanned", "verdict-equal"), "tables-scanned"))
                .isEqualTo("1 of 2 not since their load: public.orders"),
        () -> world.onTarget("UPDATE veer.scan SET table_name = 'orders' WHERE table_name = 'x'"));
  }

  @Test
  void aScanThatIsTooOldShutsIt() throws SQLException {
    shutBy(
        () -> world.onTarget("UPDATE veer.scan SET begun_at = begun_at - interval '3 days'"),
        () ->
            assertThat(value(awaitShut("scans-fresh"), "scans-fresh"))
                .startsWith("2 tables longer than 24 h ago, the oldest 3 days"),
        () -> world.onTarget("UPDATE veer.scan SET begun_at = begun_at + interval '3 days'"));
  }

  @Test
  void aWriteOnTheTargetShutsIt() throws SQLException {
    shutBy(
        () -> world.onTarget("UPDATE orders SET total = 1000 WHERE id = 3"),
        () -> {
          GateReport report = awaitShut("ledger-balanced", "findings-none", "verdict-equal");
          assertThat(value(report, "findings-none")).isEqualTo("1 open, of public.orders");
          assertThat(value(report, "verdict-equal")).startsWith("DIFFERENT: 1 rows, by finding");
        },
        () -> {
          world.onTarget("UPDATE orders SET total = 3 WHERE id = 3");
          CrossingWorld.await(
              "both writes found",
              () -> is("count(*) = 2 FROM veer.finding WHERE closed_by IS NULL"));
          // As a scan that has looked behind them closes them.
          world.onTarget("UPDATE veer.finding SET closed_by = 'scan 0', closed_at = now()");
        });
  }

  @Test
  void aLedgerThatStandsStillIsNeverTakenForLevel() throws SQLException {
    shutBy(
        () -> verify.close(),
        () -> {
          GateReport report = awaitShut("lag-ledger", "ledger-balanced", "verdict-equal");
          assertThat(value(report, "lag-ledger")).isEqualTo(MARKER);
          assertThat(value(report, "ledger-balanced")).isEqualTo("no process balances");
        },
        () -> verify = begin(Role.VERIFY, migration));
  }

  @Test
  void aReplicatorThatStandsStillIsNeverTakenForLevel() throws SQLException {
    shutBy(
        () -> replicate.close(),
        () -> {
          GateReport report = awaitShut("lag-apply", "lag-ledger");
          assertThat(value(report, "lag-capture")).endsWith("ms for a marker");
          assertThat(value(report, "lag-apply")).isEqualTo(MARKER);
        },
        () -> replicate = begin(Role.REPLICATE, migration));
  }

  @Test
  void aCaptureThatStandsStillIsNeverTakenForLevel() throws SQLException {
    shutBy(
        () -> capture.close(),
        () ->
            assertThat(value(awaitShut("lag-capture", "lag-apply", "lag-ledger"), "lag-capture"))
                .isEqualTo(MARKER),
        () -> capture = begin(Role.CAPTURE, migration));
  }

  /** Where Kafka cannot be reached from here, the databases tell. */
  @Test
  void needsNoLogToSeeTheMarkerArrive() {
    GateReport report =
        gate(
            () -> {
              throw new Failure(FailureKind.TRANSIENT, "KAFKA_UNAVAILABLE", "away");
            });

    assertThat(report.open()).as("%s", report.blockers()).isTrue();
  }

  @Test
  void aSideThatCannotBeReachedIsNotKnown() throws SQLException {
    Migration plain = world.migration();
    DatabaseEndpoint away =
        new DatabaseEndpoint("jdbc:postgresql://127.0.0.1:1/x", "veer", new Secret(""), Map.of());
    GateSide side = GateSide.first(plain, world.wave);
    GateReport report =
        new Gate(
                cutover(),
                migration.verification(),
                GateIT::log,
                new RehearsalsOnRecord(),
                Clock.systemUTC(),
                new StopSignal())
            .read(
                new GateSide(
                    side.leg(),
                    side.wave(),
                    side.number(),
                    new SourceConnections(away),
                    side.passive(),
                    side.home(),
                    side.tables()));

    assertThat(report.open()).isFalse();
    assertThat(report.isKnown()).isFalse();
    assertThat(report.blockers())
        .allSatisfy(one -> assertThat(one.state()).isInstanceOf(Unknown.class))
        .extracting(Predicate::name)
        .contains("lag-capture", "lag-apply", "constraints", "reverse-rights", "fence-rights");
    assertThat(value(report, "verdict-equal")).startsWith("EQUAL");
  }

  @Test
  void aRehearsalCountsWhileItIsYoungAndItsOutageSmall() throws SQLException {
    shutBy(
        () -> {
          world.onTarget(
              "CREATE TABLE veer.cutover (migration text, wave text, leg int, kind text,"
                  + " state text, finished_at timestamptz, outage_millis bigint)",
              rehearsal("ABORTED", "1 hour", 300),
              rehearsal("REHEARSED", "10 days", 300));
          try (Connection home = world.target()) {
            assertThat(WaiverStore.unwaive(home, world.wave, "rehearsed")).isTrue();
            assertThat(WaiverStore.unwaive(home, world.wave, "rehearsed")).isFalse();
          }
        },
        () -> {
          assertThat(value(awaitShut("rehearsed"), "rehearsed")).startsWith("10 days ago");
          world.onTarget(rehearsal("REHEARSED", "2 hours", 11_000));
          assertThat(value(awaitShut("rehearsed"), "rehearsed"))
              .endsWith("11,000 ms; cutover.max-outage is 10,000 ms");
          world.onTarget(rehearsal("REHEARSED", "1 hours", 900));
          awaitOpen();
        },
        () -> {
          world.onTarget("DROP TABLE veer.cutover");
          waive("rehearsed");
        });
  }

  private String rehearsal(String state, String age, int outage) {
    return ("INSERT INTO veer.cutover VALUES ('%s', '%s', 0, 'REHEARSAL', '%s',"
            + " now() - interval '%s', %d)")
        .formatted(world.wave.migration(), world.wave.wave(), state, age, outage);
  }

  @Test
  void theCommandKeepsWaiversInTheAuditLogAndShoutsThem() throws Exception {
    Path config = config();
    StringWriter out = new StringWriter();
    shutBy(
        () -> world.onTarget("UPDATE veer.scan SET table_name = 'x' WHERE table_name = 'orders'"),
        () -> {
          assertThat(veer(out, config, "--json")).as(out.toString()).isEqualTo(1);
          assertThat(out.toString())
              .contains("\"state\" : \"SHUT\"", "\"blocker\" : \"tables-scanned\"");
          assertThat(veer(out, config, "--waive", "tables-scanned", "--reason", "ticket 1"))
              .isEqualTo(1);
          assertThat(veer(out, config, "--waive", "verdict-equal", "--reason", "ticket 2"))
              .as(out.toString())
              .isZero();
          assertThat(out.toString())
              .contains("The gate is open.", "ticket 1", "ticket 2")
              .contains("NOT PROVEN: TABLES-SCANNED is waived", "NOT PROVEN: VERDICT-EQUAL");
          assertThat(veer(out, config, "--unwaive", "verdict-equal")).isEqualTo(1);
          assertThat(veer(out, config, "--unwaive", "tables-scanned")).isEqualTo(1);
        },
        () -> world.onTarget("UPDATE veer.scan SET table_name = 'orders' WHERE table_name = 'x'"));

    assertThat(veer(out, config, "--waive", "fence-rights", "--reason", "hurry")).isEqualTo(2);
    assertThat(out.toString()).contains("fence-rights cannot be waived");
    assertThat(veer(out, config, "--waive", "lag-captur", "--reason", "typo")).isEqualTo(2);
    assertThat(veer(out, config, "--waive", "indexes")).as("without a reason").isEqualTo(2);
    assertAudited();
  }

  private void assertAudited() throws SQLException {
    try (Connection home = world.target()) {
      assertThat(AuditLog.broken(AuditLog.read(home, world.wave.migration())))
          .isEqualTo(Optional.empty());
      assertThat(AuditLog.read(home, world.wave.migration()))
          .filteredOn(one -> one.wave().equals(world.wave.wave()))
          .extracting(one -> one.what() + ": " + one.result())
          .contains(
              "waive tables-scanned: because: ticket 1",
              "waive verdict-equal: because: ticket 2",
              "unwaive verdict-equal: taken back");
    }
  }

  private static int veer(StringWriter out, Path config, String... more) {
    CommandLine command = Veer.commandLine();
    PrintWriter writer = new PrintWriter(out, true);
    command.setOut(writer);
    command.setErr(writer);
    String[] arguments = new String[3 + more.length];
    arguments[0] = "gate";
    arguments[1] = "--config";
    arguments[2] = config.toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return command.execute(arguments);
  }

  private Path config() throws Exception {
    Path password =
        Files.writeString(data.resolve("password"), world.servers().source().password());
    Path other = Files.writeString(data.resolve("other"), world.servers().target().password());
    return Files.writeString(
        data.resolve("veer.yaml"),
        """
        migration: %s
        source: {url: "%s", user: %s, password: "${file:%s}"}
        target: {url: "%s", user: %s, password: "${file:%s}"}
        kafka: {bootstrap: "%s", replication-factor: 1, min-insync-replicas: 1}
        registry: {url: "%s"}
        waves: [{name: %s, tables: {include: ["*"]}}]
        cutover: {gate-lag: 4s}
        """
            .formatted(
                world.wave.migration(),
                world.servers().source().jdbcUrl(world.database()),
                world.servers().source().user(),
                password,
                world.servers().target().jdbcUrl(world.database()),
                world.servers().target().user(),
                other,
                world.servers().bootstrap(),
                world.servers().registry(),
                world.wave.wave()));
  }
}
