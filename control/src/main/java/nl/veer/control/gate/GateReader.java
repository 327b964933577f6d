package nl.veer.control.gate;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import nl.veer.connectors.dialect.postgres.PostgresConstraint;
import nl.veer.connectors.dialect.postgres.PostgresDefinitions;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.connectors.dialect.postgres.PostgresFence;
import nl.veer.connectors.dialect.postgres.PostgresForeignKeys;
import nl.veer.connectors.dialect.postgres.PostgresPreflight;
import nl.veer.connectors.dialect.postgres.PostgresPreflightSource;
import nl.veer.connectors.dialect.postgres.PostgresPublications;
import nl.veer.connectors.dialect.postgres.PostgresRights;
import nl.veer.connectors.dialect.postgres.PostgresSequences;
import nl.veer.connectors.dialect.postgres.PostgresSessions;
import nl.veer.connectors.dialect.postgres.PostgresSurroundings;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.LogReader;
import nl.veer.connectors.log.LogTopic;
import nl.veer.control.config.CutoverConfig;
import nl.veer.control.config.VerificationConfig;
import nl.veer.control.gate.Fact.Known;
import nl.veer.control.gate.Fact.NotKnown;
import nl.veer.control.wave.OpenLog;
import nl.veer.verifier.record.DifferenceRecord;
import nl.veer.verifier.record.Differences;
import nl.veer.verifier.record.FindingRecords;
import nl.veer.verifier.record.LedgerStore;
import nl.veer.verifier.record.Verdicts;

/**
 * Reads what a gate is judged by, from both databases, the log and the records, whoever runs the
 * leg. Changes nothing but that a marker goes into the active side's log. What cannot be read is
 * said, and the rest is read all the same. Owned by one thread.
 */
final class GateReader {
  /** No answer takes longer, whatever hangs. */
  private static final Duration ANSWER = Duration.ofSeconds(30);

  /** Looking at a foreign key's rows may read a whole table; a cutover would not wait for more. */
  private static final Duration ROWS = Duration.ofMinutes(4);

  /** A pipeline that takes this many times as long as it may is not waited for. */
  private static final int PATIENCE = 3;

  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(5);

  /** More open differences are not counted. */
  private static final int DIFFERENCES = 10_000;

  private final GateSide side;
  private final CutoverConfig cutover;
  private final VerificationConfig verification;
  private final Supplier<OpenLog> log;
  private final RehearsalLook rehearsals;
  private final Clock clock;
  private final StopSignal stop;
  private final Set<TableId> tables;

  GateReader(
      GateSide side,
      CutoverConfig cutover,
      VerificationConfig verification,
      Supplier<OpenLog> log,
      RehearsalLook rehearsals,
      Clock clock,
      StopSignal stop) {
    this.side = side;
    this.cutover = cutover;
    this.verification = verification;
    this.log = log;
    this.rehearsals = rehearsals;
    this.clock = clock;
    this.stop = stop;
    this.tables = new HashSet<>(side.tables());
  }

  /** The marker first: the records are then as fresh as it is. */
  GateFacts read() {
    Fact<RoundTrip> trip = fact("the marker", this::trip);
    return new GateFacts(
        trip,
        fact("the verifier's records", () -> onPassive(this::proof)),
        fact("the tables' definitions", this::definitions),
        fact("the servers' settings", this::servers),
        fact("the sequences", this::sequences),
        fact("the way back", this::wayBack),
        fact("what a fence needs", this::fence),
        fact("the rehearsals", this::rehearsed),
        clock.instant());
  }

  /** Something that is read. */
  private interface Reading<T> {
    T read() throws SQLException;
  }

  /** Something that is read over a connection. */
  private interface Asking<T> {
    T ask(Connection connection) throws SQLException;
  }

  private static <T> Fact<T> fact(String what, Reading<T> reading) {
    try {
      return new Known<>(reading.read());
    } catch (SQLException e) {
      return new NotKnown<>(what + " cannot be read: " + PostgresFailures.words(e));
    } catch (Failure e) {
      return new NotKnown<>(what + " cannot be read: " + e.getMessage());
    }
  }

  private <T> T onActive(Asking<T> asking) throws SQLException {
    try (Connection connection = side.active().openBounded(purpose(), ANSWER)) {
      return asking.ask(connection);
    }
  }

  private <T> T onPassive(Asking<T> asking) throws SQLException {
    try (Connection connection = side.passive().openBounded(purpose(), ANSWER)) {
      return asking.ask(connection);
    }
  }

  private String purpose() {
    return side.leg() + " gate";
  }

  private RoundTrip trip() throws SQLException {
    Duration patience = cutover.gateLag().multipliedBy(PATIENCE);
    return new MarkerTrip(
            side,
            this::logReader,
            verification.ledger(),
            patience.compareTo(LEAST_PATIENCE) > 0 ? patience : LEAST_PATIENCE,
            stop)
        .measure();
  }

  /** Without a topic, or a Kafka, the marker cannot come; the databases will tell. */
  private Optional<LogReader> logReader() {
    try {
      OpenLog open = log.get();
      return new LogTopic(open.kafka(), side.leg()).id().isPresent()
          ? Optional.of(open.reader(side.leg()))
          : Optional.empty();
    } catch (Failure unreadable) {
      return Optional.empty();
    }
  }

  private ProofFacts proof(Connection passive) throws SQLException {
    boolean balancing = PostgresSessions.anyFor(passive, List.of(LedgerStore.purpose(side.leg())));
    Map<TableId, Long> differences = new HashMap<>();
    for (DifferenceRecord one : Differences.open(passive, side.leg(), null, DIFFERENCES)) {
      differences.merge(one.table(), 1L, Long::sum);
    }
    return new ProofFacts(
        LedgerStore.view(passive, side.leg()),
        balancing,
        FindingRecords.open(passive, side.leg()),
        differences,
        Verdicts.now(passive, side.leg(), verification.ledger(), verification.verdictLag()),
        now(passive));
  }

  private static Instant now(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SELECT clock_timestamp()");
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getTimestamp(1).toInstant();
    }
  }

  private DefinitionFacts definitions() throws SQLException {
    PostgresDefinitions active = onActive(PostgresDefinitions::read);
    PostgresDefinitions passive = onPassive(PostgresDefinitions::read);
    Map<PostgresConstraint, Fact<Long>> violations = new HashMap<>();
    for (PostgresConstraint key : ForeignKeyProof.unproven(active, passive, tables)) {
      violations.put(key, fact("its rows", () -> violations(key)));
    }
    return new DefinitionFacts(active, passive, violations);
  }

  private long violations(PostgresConstraint key) throws SQLException {
    try (Connection connection = side.passive().openBounded(purpose(), ROWS)) {
      return PostgresForeignKeys.violations(connection, key);
    }
  }

  private ServerFacts servers() throws SQLException {
    return new ServerFacts(
        onActive(PostgresSurroundings::read), onPassive(PostgresSurroundings::read));
  }

  private SequenceFacts sequences() throws SQLException {
    List<String> schemas = side.tables().stream().map(TableId::schema).distinct().sorted().toList();
    return onActive(
        active ->
            onPassive(
                passive ->
                    new SequenceFacts(
                        PostgresSequences.read(active, schemas),
                        PostgresSequences.read(passive, schemas),
                        PostgresSequences.obstacles(active, schemas, false),
                        PostgresSequences.obstacles(passive, schemas, true))));
  }

  /** What a user's own command needs, nobody knows but the user. */
  private List<String> fence() throws SQLException {
    return switch (cutover.fence()) {
      case TRIGGER -> obstacles(PostgresFence.Kind.TRIGGER);
      case REVOKE -> obstacles(PostgresFence.Kind.REVOKE);
      case READ_ONLY -> obstacles(PostgresFence.Kind.READ_ONLY);
      case COMMAND -> List.of();
    };
  }

  private List<String> obstacles(PostgresFence.Kind kind) throws SQLException {
    return onActive(
        active -> PostgresFence.obstacles(active, kind, side.tables(), cutover.fenceExempt()));
  }

  private WayBackFacts wayBack() throws SQLException {
    return onActive(active -> onPassive(passive -> wayBack(active, passive)));
  }

  private WayBackFacts wayBack(Connection active, Connection passive) throws SQLException {
    PostgresPreflightSource there = PostgresPreflight.source(active, tables);
    PostgresPreflightSource here = PostgresPreflight.source(passive, tables);
    return new WayBackFacts(
        PostgresPublications.exists(passive, side.reverseSlot())
            ? here.published(tables, true)
            : here,
        there,
        PostgresPreflight.target(active, tables),
        PostgresRights.closedSchemas(active, tables),
        PostgresRights.closedSchemas(passive, tables),
        PostgresPublications.exists(active, side.reverseEchoSlot())
            || there.mayCreate() && PostgresRights.owned(active, tables).containsAll(tables));
  }

  private Rehearsed rehearsed() throws SQLException {
    try (Connection home = side.home().openBounded(purpose(), ANSWER)) {
      return new Rehearsed(rehearsals.last(home, side.wave(), side.number()), now(home));
    }
  }
}
