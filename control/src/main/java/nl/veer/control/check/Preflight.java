package nl.veer.control.check;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.veer.connectors.dialect.RowIdentity;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TableSchema;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresCatalog;
import nl.veer.connectors.dialect.postgres.PostgresLoad;
import nl.veer.connectors.dialect.postgres.PostgresPreflight;
import nl.veer.connectors.dialect.postgres.PostgresPreflightSource;
import nl.veer.connectors.dialect.postgres.PostgresPreflightTarget;
import nl.veer.connectors.dialect.postgres.PostgresPublications;
import nl.veer.connectors.dialect.postgres.PostgresReferences;
import nl.veer.connectors.dialect.postgres.PostgresRights;
import nl.veer.connectors.dialect.postgres.PostgresSequenceUses;
import nl.veer.connectors.dialect.postgres.PostgresServerTraits;
import nl.veer.connectors.dialect.postgres.PostgresTableTraits;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.KafkaPreflight;
import nl.veer.connectors.log.RegistryPreflight;
import nl.veer.control.config.DatabaseConfig;
import nl.veer.control.config.KafkaConfig;
import nl.veer.control.config.RegistryConfig;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.config.WavePlan;

/**
 * Looks at everything a run depends on and judges it, without changing anything. What could not be
 * looked at is an error: not having looked is never fine.
 */
public final class Preflight {
  /** More than this, and the lag that Veer shows is worth little. */
  private static final long CLOCK_TOLERANCE_MILLIS = 1000;

  private final VeerConfig config;
  private final Clock clock;
  private final List<Finding> findings = new ArrayList<>();
  private Map<TableId, PostgresTableTraits> sourceTraits = Map.of();
  private Map<WaveId, List<TableId>> waves = Map.of();
  private Map<TableId, RowIdentity> identities = Map.of();

  public Preflight(VeerConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /** All findings, and how many tables were looked at. */
  public CheckReport run() {
    List<TableSchema> tables = source();
    target(tables);
    kafka();
    registry();
    return new CheckReport(findings, tables.size());
  }

  private List<TableSchema> source() {
    DatabaseConfig database = config.source();
    NameFindings.ofSource(database.endpoint()).ifPresent(this::add);
    try (Connection connection = new SourceConnections(database.endpoint()).open("check")) {
      List<TableSchema> all = PostgresCatalog.tables(connection);
      WavePlan plan = WavePlan.of(config, all.stream().map(TableSchema::id).toList());
      plan.errors()
          .forEach(e -> add(Finding.error("WAVES", "waves", e, "Change waves in the file.")));
      plan.warnings()
          .forEach(w -> add(Finding.warning("PATTERN", "waves", w, "Mend or remove the pattern.")));
      Set<TableId> chosen = new HashSet<>();
      plan.tables().values().forEach(chosen::addAll);
      PostgresPreflightSource facts = PostgresPreflight.source(connection, chosen);
      facts = published(connection, facts, plan.tables());
      findings.addAll(SourceFindings.of(facts, database.user(), plan.tables().keySet()));
      findings.addAll(
          RightsFindings.ofSchemas(
              "source", PostgresRights.closedSchemas(connection, chosen), database.user()));
      RightsFindings.statistics(PostgresRights.cannotSeeWaits(connection), database.user())
          .ifPresent(this::add);
      List<TableSchema> tables = all.stream().filter(table -> chosen.contains(table.id())).toList();
      sourceTraits = PostgresTableTraits.read(connection);
      waves = plan.tables();
      identities = config.verification().ledger() ? identities(connection, chosen) : Map.of();
      findings.addAll(NameFindings.ofTables(tables));
      findings.addAll(TraitFindings.ofSource(tables, sourceTraits, database.user()));
      findings.addAll(TraitFindings.ofServer("source", PostgresServerTraits.read(connection)));
      AcrossWaves across = new AcrossWaves(waves);
      findings.addAll(across.foreignKeys(PostgresReferences.keys(connection)));
      findings.addAll(across.sequences(PostgresSequenceUses.read(connection)));
      clock("source", facts.clockMillis());
      encryption("source", facts.encrypted(), database);
      return tables;
    } catch (SQLException e) {
      add(ConnectionFindings.of("source", database, e));
      return List.of();
    }
  }

  private Map<TableId, RowIdentity> identities(Connection connection, Set<TableId> tables)
      throws SQLException {
    Map<TableId, RowIdentity> found = new HashMap<>();
    try {
      new PostgresLoad()
          .tables(connection, List.copyOf(tables))
          .forEach(table -> found.put(table.schema().id(), table.identity()));
    } catch (Failure e) {
      add(
          Finding.error(
              e.code(), "source", String.valueOf(e.getMessage()), "Mend what the message names."));
    }
    return found;
  }

  /** Who made a publication does not matter; that it is right does. */
  private PostgresPreflightSource published(
      Connection connection, PostgresPreflightSource facts, Map<WaveId, List<TableId>> waves)
      throws SQLException {
    Set<TableId> chosen = new HashSet<>();
    waves.values().forEach(chosen::addAll);
    Set<TableId> owned = PostgresRights.owned(connection, chosen);
    Set<TableId> published = new HashSet<>();
    boolean all = true;
    for (Map.Entry<WaveId, List<TableId>> wave : waves.entrySet()) {
      String name = wave.getKey().publication();
      List<TableId> tables = wave.getValue();
      if (PostgresPublications.exists(connection, name)) {
        published.addAll(tables);
        PostgresPublications.difference(connection, name, tables)
            .ifPresent(
                difference ->
                    add(RightsFindings.publicationDiffers(wave.getKey(), tables, difference)));
      } else {
        all = false;
        if (!tables.isEmpty() && !(facts.mayCreate() && owned.containsAll(tables))) {
          add(RightsFindings.publication(wave.getKey(), tables, config.source().user()));
        }
      }
    }
    return facts.published(published, all);
  }

  private void target(List<TableSchema> tables) {
    DatabaseConfig database = config.target();
    TargetConnections target = new TargetConnections(database.endpoint());
    try (Connection connection = target.open("check")) {
      Set<TableId> ids = new HashSet<>(tables.stream().map(TableSchema::id).toList());
      PostgresPreflightTarget facts = PostgresPreflight.target(connection, ids);
      findings.addAll(TargetFindings.of(facts, database.user(), begunLoads(target, facts)));
      findings.addAll(
          RightsFindings.ofSchemas(
              "target", PostgresRights.closedSchemas(connection, ids), database.user()));
      findings.addAll(SchemaFindings.of(tables, PostgresCatalog.tables(connection)));
      findings.addAll(
          TraitFindings.ofTarget(
              tables, sourceTraits, PostgresTableTraits.read(connection), database.user()));
      findings.addAll(TraitFindings.ofServer("target", PostgresServerTraits.read(connection)));
      if (config.verification().ledger()) {
        findings.addAll(EchoFindings.of(connection, database.user(), waves, identities));
      }
      clock("target", facts.clockMillis());
      encryption("target", facts.encrypted(), database);
    } catch (SQLException e) {
      add(ConnectionFindings.of("target", database, e));
    } catch (Failure e) {
      add(
          Finding.error(
              "RECORDS", "target", String.valueOf(e.getMessage()), "Mend what the message names."));
    }
  }

  /** A role that may not follow or stamp has loaded nothing, and may not read the records. */
  private Set<TableId> begunLoads(TargetConnections target, PostgresPreflightTarget facts) {
    return facts.mayFollow() && facts.mayStamp()
        ? BegunLoads.of(target, new HashSet<>(config.waves().stream().map(config::id).toList()))
        : Set.of();
  }

  private void kafka() {
    KafkaConfig kafka = config.kafka();
    if (kafka == null) {
      return;
    }
    Set<String> topics = new HashSet<>();
    config.waves().forEach(wave -> topics.add(config.id(wave).logTopic()));
    if (config.verification().ledger()) {
      config.waves().forEach(wave -> topics.add(config.id(wave).echo().logTopic()));
    }
    try {
      findings.addAll(
          KafkaFindings.of(KafkaPreflight.read(kafka.endpoint(), topics), kafka.topic()));
    } catch (Failure e) {
      add(
          Finding.error(
              "KAFKA_UNREACHABLE",
              "kafka",
              "Kafka at %s does not let Veer in or does not answer. %s"
                  .formatted(kafka.bootstrap(), e.getMessage()),
              e.kind() == FailureKind.CONFIGURATION
                  ? "Check kafka.properties: sasl.mechanism, sasl.jaas.config, the ssl settings."
                  : "Check kafka.bootstrap, and security.protocol in kafka.properties."));
    }
  }

  private void registry() {
    RegistryConfig registry = config.registry();
    if (registry == null) {
      return;
    }
    try {
      RegistryPreflight.subjects(registry.endpoint());
    } catch (Failure e) {
      add(
          Finding.error(
              "REGISTRY_UNREACHABLE",
              "registry",
              String.valueOf(e.getMessage()),
              "Check registry.url and registry.properties."));
    }
  }

  private void clock(String side, long millis) {
    long difference = millis - clock.millis();
    if (Math.abs(difference) > CLOCK_TOLERANCE_MILLIS) {
      add(
          Finding.warning(
              "CLOCK",
              side,
              "Its clock is %d ms %s this machine's; the lag that is shown is off by as much."
                  .formatted(Math.abs(difference), difference > 0 ? "ahead of" : "behind"),
              "Let both follow the same time servers."));
    }
  }

  private void encryption(String side, boolean encrypted, DatabaseConfig database) {
    boolean near =
        database.url().matches("jdbc:postgresql://(localhost|127\\.0\\.0\\.1|\\[::1]).*");
    if (!encrypted && !near) {
      add(
          Finding.warning(
              "NOT_ENCRYPTED",
              side,
              "The connection is not encrypted.",
              side + ".tls: verify-full"));
    }
  }

  private void add(Finding finding) {
    findings.add(finding);
  }
}
