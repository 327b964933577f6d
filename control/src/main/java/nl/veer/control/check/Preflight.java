package nl.veer.control.check;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TableSchema;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresCatalog;
import nl.veer.connectors.dialect.postgres.PostgresPreflight;
import nl.veer.connectors.dialect.postgres.PostgresPreflightSource;
import nl.veer.connectors.dialect.postgres.PostgresPreflightTarget;
import nl.veer.connectors.dialect.postgres.PostgresServerTraits;
import nl.veer.connectors.dialect.postgres.PostgresTableTraits;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
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
      findings.addAll(SourceFindings.of(facts, database.user(), plan.tables().keySet()));
      List<TableSchema> tables = all.stream().filter(table -> chosen.contains(table.id())).toList();
      sourceTraits = PostgresTableTraits.read(connection);
      findings.addAll(TraitFindings.ofSource(tables, sourceTraits, database.user()));
      findings.addAll(TraitFindings.ofServer("source", PostgresServerTraits.read(connection)));
      clock("source", facts.clockMillis());
      encryption("source", facts.encrypted(), database);
      return tables;
    } catch (SQLException e) {
      unreachable("source", database, e);
      return List.of();
    }
  }

  private void target(List<TableSchema> tables) {
    DatabaseConfig database = config.target();
    TargetConnections target = new TargetConnections(database.endpoint());
    try (Connection connection = target.open("check")) {
      Set<TableId> ids = new HashSet<>(tables.stream().map(TableSchema::id).toList());
      PostgresPreflightTarget facts = PostgresPreflight.target(connection, ids);
      findings.addAll(TargetFindings.of(facts, database.user(), begunLoads(target, facts)));
      findings.addAll(SchemaFindings.of(tables, PostgresCatalog.tables(connection)));
      findings.addAll(
          TraitFindings.ofTarget(
              tables, sourceTraits, PostgresTableTraits.read(connection), database.user()));
      findings.addAll(TraitFindings.ofServer("target", PostgresServerTraits.read(connection)));
      clock("target", facts.clockMillis());
      encryption("target", facts.encrypted(), database);
    } catch (SQLException | Failure e) {
      unreachable("target", database, e);
    }
  }

  /** A role that may not follow has loaded nothing, and may not open the records' session. */
  private Set<TableId> begunLoads(TargetConnections target, PostgresPreflightTarget facts) {
    return facts.mayFollow()
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
    try {
      findings.addAll(
          KafkaFindings.of(KafkaPreflight.read(kafka.endpoint(), topics), kafka.topic()));
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      add(
          Finding.error(
              "KAFKA_UNREACHABLE",
              "kafka",
              "Kafka at %s does not answer: %s".formatted(kafka.bootstrap(), cause(e)),
              "Check kafka.bootstrap and kafka.properties."));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      add(
          Finding.error(
              "KAFKA_UNREACHABLE", "kafka", "The check was interrupted.", "Run it again."));
    }
  }

  private void registry() {
    RegistryConfig registry = config.registry();
    if (registry == null) {
      return;
    }
    try {
      RegistryPreflight.subjects(registry.endpoint());
    } catch (IOException | RuntimeException e) {
      add(
          Finding.error(
              "REGISTRY_UNREACHABLE",
              "registry",
              "The registry at %s does not answer: %s".formatted(registry.url(), cause(e)),
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

  private void unreachable(String side, DatabaseConfig database, Exception e) {
    add(
        Finding.error(
            side.equals("source") ? "SOURCE_UNREACHABLE" : "TARGET_UNREACHABLE",
            side,
            "Could not be looked at as %s at %s: %s"
                .formatted(database.user(), database.url(), e.getMessage()),
            "Check %s.url, user, password and tls.".formatted(side)));
  }

  /** The innermost cause: outer ones say only that something failed. */
  private static String cause(Throwable e) {
    Throwable inner = e;
    while (inner.getCause() != null) {
      inner = inner.getCause();
    }
    return inner.getMessage() == null ? inner.getClass().getSimpleName() : inner.getMessage();
  }

  private void add(Finding finding) {
    findings.add(finding);
  }
}
