package nl.veer.control.scan;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.connectors.log.RegistryEndpoint;
import nl.veer.connectors.log.TopicConfig;
import nl.veer.control.config.KafkaConfig;
import nl.veer.control.config.RegistryConfig;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.ProcessFile;
import nl.veer.control.wave.Role;
import nl.veer.control.wave.Waves;
import nl.veer.verifier.scan.LogSettlement;
import nl.veer.verifier.scan.LookSettlement;
import nl.veer.verifier.scan.MemoryRecords;
import nl.veer.verifier.scan.Scan;
import nl.veer.verifier.scan.ScanConfig;
import nl.veer.verifier.scan.postgres.RowHash;
import nl.veer.verifier.verdict.ScanStatement;
import org.jspecify.annotations.Nullable;

/** What one scan that somebody asks for looks at, one after the other, and what is open for it. */
public final class Scans implements AutoCloseable {
  /** Two looks of a row are so far apart, where no log says what happened in between. */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

  private final List<Scope> scopes = new ArrayList<>();
  private final List<Runnable> closing = new ArrayList<>();

  /**
   * One wave, or two databases.
   *
   * @param name the wave's; null without one
   * @param tables empty for all
   * @param keeper takes what was said
   */
  public record Scope(
      @Nullable String name,
      List<TableId> tables,
      Supplier<Scan> scans,
      Consumer<ScanStatement> keeper) {
    /** A new one. */
    public Scan scan() {
      return scans.get();
    }

    /** Where the migration's records are, so that a verdict can rest on it. */
    public void keep(ScanStatement statement) {
      keeper.accept(statement);
    }
  }

  private Scans() {}

  /** Two databases, whatever they are. */
  public static Scans ofEndpoints(ScanConfig how, Scan.Endpoints endpoints, List<TableId> tables) {
    Scans scans = new Scans();
    scans.scopes.add(
        new Scope(
            null,
            tables,
            () ->
                new Scan(
                    how,
                    endpoints,
                    RowHash.random(),
                    new LookSettlement(BETWEEN_LOOKS),
                    new MemoryRecords(),
                    Clock.systemUTC()),
            statement -> {}));
    return scans;
  }

  /**
   * A migration's waves.
   *
   * @param how with the columns that only this scan leaves out; if there are such, it is not kept
   * @param wave null for all
   * @param tables empty for all
   * @param log where the waves' logs are now
   * @throws Failure CONFIGURATION if one of the tables is in none of the waves
   */
  public static Scans ofWaves(
      ScanConfig how,
      VeerConfig config,
      @Nullable String wave,
      List<TableId> tables,
      Supplier<OpenLog> log) {
    Migration migration = Migration.of(config);
    Scans scans = new Scans();
    try {
      for (Leg leg : Waves.legs(config, migration, wave)) {
        List<TableId> chosen =
            leg.tables().stream().filter(t -> tables.isEmpty() || tables.contains(t)).toList();
        if (!chosen.isEmpty()) {
          scans.add(how, migration.along(leg), leg.wave(), chosen, log.get());
        }
      }
      requireAll(tables, scans.scopes);
      return scans;
    } catch (RuntimeException e) {
      scans.close();
      throw e;
    }
  }

  private void add(
      ScanConfig how, Migration migration, WaveId wave, List<TableId> tables, OpenLog log) {
    LogSettlement settlement = new LogSettlement(() -> log.reader(wave));
    closing.add(settlement::close);
    ScanConfig all = how.tolerating(migration.tolerances());
    KeptScan kept =
        how.tolerances().declared().isEmpty()
            ? KeptScan.of(migration.target(), wave)
            : KeptScan.notKept();
    closing.add(kept::close);
    Scan.Endpoints endpoints = new Scan.Endpoints(migration.source(), migration.target(), wave);
    scopes.add(
        new Scope(
            wave.home().wave(),
            tables,
            () ->
                new Scan(
                    all, endpoints, kept.secret(), settlement, kept.records(), Clock.systemUTC()),
            kept::keep));
  }

  private static void requireAll(List<TableId> tables, List<Scope> scopes) {
    for (TableId table : tables) {
      if (scopes.stream().noneMatch(scope -> scope.tables().contains(table))) {
        throw new Failure(
            FailureKind.CONFIGURATION, "TABLE", "Table " + table + " is in none of the waves.");
      }
    }
  }

  /** The configured log, or that of the veer run that has an embedded one. */
  public static OpenLog log(VeerConfig config) {
    KafkaConfig kafka = config.kafka();
    RegistryConfig registry = config.registry();
    if (kafka != null && registry != null) {
      return OpenLog.at(kafka.endpoint(), registry.endpoint(), kafka.topic());
    }
    return ProcessFile.running(config.data(), Role.RUN)
        .filter(running -> !running.bootstrap().isEmpty())
        .map(
            running ->
                OpenLog.at(
                    new KafkaEndpoint(running.bootstrap(), Map.of()),
                    new RegistryEndpoint(running.registry(), Map.of()),
                    new TopicConfig(1, 1)))
        .orElseThrow(
            () ->
                new Failure(
                    FailureKind.TRANSIENT,
                    "KAFKA_UNAVAILABLE",
                    "The embedded broker is not running, so what is in motion is not known. Start"
                        + " it with veer run, or compare with --source and --target."));
  }

  /** One after the other. */
  public List<Scope> scopes() {
    return List.copyOf(scopes);
  }

  @Override
  public void close() {
    closing.forEach(Runnable::run);
  }
}
