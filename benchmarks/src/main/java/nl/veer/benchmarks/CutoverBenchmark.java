package nl.veer.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TableSchema;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresCatalog;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.config.AlertsConfig;
import nl.veer.control.config.CutoverConfig;
import nl.veer.control.config.DashboardConfig;
import nl.veer.control.config.DatabaseConfig;
import nl.veer.control.config.FenceStrategy;
import nl.veer.control.config.ObserveConfig;
import nl.veer.control.config.Size;
import nl.veer.control.config.TablePattern;
import nl.veer.control.config.TablesConfig;
import nl.veer.control.config.TlsMode;
import nl.veer.control.config.TuningConfig;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.config.VerificationConfig;
import nl.veer.control.config.WaveConfig;
import nl.veer.control.cutover.Attempt;
import nl.veer.control.cutover.AttemptFacts;
import nl.veer.control.cutover.AttemptKind;
import nl.veer.control.cutover.Cutover;
import nl.veer.control.cutover.CutoverProgress;
import nl.veer.control.cutover.CutoverState;
import nl.veer.control.wave.Legs;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.MigrationRun;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.Role;
import nl.veer.sandbox.Sandbox;
import nl.veer.sandbox.postgres.SandboxPostgres;
import nl.veer.sandbox.workload.ShopFill;
import nl.veer.sandbox.workload.ShopSchema;
import nl.veer.sandbox.workload.ShopWorkload;
import nl.veer.sandbox.workload.WorkloadConfig;

/**
 * The outage of real cutovers, one after the other to and fro, while the shop's clients write: as
 * the cutover's own writers see it, from the last write that was taken on the one side to the first
 * on the other. With ledger, the comparison of every row and the canary through the way back; the
 * roles run in the same process, with scans as they are by default.
 */
final class CutoverBenchmark {
  private static final String DATABASE = "shop";
  private static final WaveId WAVE = new WaveId("bench", "cutover");
  private static final long SEED = 1602;
  private static final Duration BUDGET = Duration.ofSeconds(30);
  private static final Duration FOLLOWS_WITHIN = Duration.ofMinutes(5);

  /**
   * Compilers and caches are as in a crossing that has run for a while: this many are not counted.
   */
  private static final int WARM_UP = 4;

  /** Between two cutovers the clients write on the other side for about so many transactions. */
  private static final long BETWEEN = 1_500;

  private final Sandbox sandbox;
  private final Path directory;

  private CutoverBenchmark(Sandbox sandbox, Path directory) {
    this.sandbox = sandbox;
    this.directory = directory;
  }

  static List<Measurement> run(int rate, long rows, int times) throws Exception {
    try (Sandbox sandbox = Sandbox.startTemporary()) {
      return new CutoverBenchmark(sandbox, Files.createTempDirectory("veer-bench-cutover"))
          .measure(rate, rows, times);
    }
  }

  private List<Measurement> measure(int rate, long rows, int times) throws Exception {
    make(rows);
    Migration migration = migration();
    OpenLog log = OpenLog.at(sandbox.kafka(), sandbox.registry());
    List<Attempt> attempts = new ArrayList<>();
    try (MigrationRun run = MigrationRun.start(migration, log, Role.RUN, false);
        ShopWorkload shop =
            ShopWorkload.start(WorkloadConfig.of(SEED, rate), () -> side().connect(DATABASE))) {
      awaitFollowing(run, migration, log);
      for (int time = -WARM_UP; time < times; time++) {
        awaitMore(shop, run);
        Attempt attempt = cutOver(migration, log);
        if (time >= 0) {
          attempts.add(attempt);
        }
      }
      shop.stop();
    }
    return told(rate, attempts);
  }

  private void make(long rows) throws SQLException {
    for (SandboxPostgres side : List.of(sandbox.source(), sandbox.target())) {
      side.createDatabase(DATABASE);
      try (Connection connection = side.connect(DATABASE)) {
        ShopSchema.create(connection);
      }
    }
    try (Connection source = sandbox.source().connect(DATABASE)) {
      ShopFill.ofRows(SEED, rows).fill(source);
    }
  }

  private Migration migration() throws SQLException {
    try (Connection source = sandbox.source().connect(DATABASE)) {
      List<TableId> tables = PostgresCatalog.tables(source).stream().map(TableSchema::id).toList();
      return new Migration(
          new SourceConnections(World.endpoint(sandbox.source(), DATABASE)),
          new TargetConnections(World.endpoint(sandbox.target(), DATABASE)),
          Map.of(WAVE, tables),
          tuning(),
          VerificationConfig.of(true, true),
          directory);
    }
  }

  private static void awaitFollowing(MigrationRun run, Migration migration, OpenLog log) {
    long deadline = System.nanoTime() + FOLLOWS_WITHIN.toNanos();
    while (true) {
      try {
        new Legs(migration, log)
            .awaitRoundTrip(
                Objects.requireNonNull(Legs.current(migration).get(WAVE)), Duration.ofSeconds(5));
        return;
      } catch (Failure failure) {
        run.failure()
            .ifPresent(
                ended -> {
                  throw ended;
                });
        if (System.nanoTime() > deadline) {
          throw failure;
        }
      }
    }
  }

  private static void awaitMore(ShopWorkload shop, MigrationRun run) {
    long until = shop.committed() + BETWEEN;
    StopSignal never = new StopSignal();
    while (shop.committed() < until) {
      shop.failure()
          .ifPresent(
              error -> {
                throw new IllegalStateException("The shop has failed", error);
              });
      run.failure()
          .ifPresent(
              failure -> {
                throw failure;
              });
      never.await(Duration.ofMillis(50));
    }
  }

  private Attempt cutOver(Migration migration, OpenLog log) {
    try (Cutover cutover =
        new Cutover(
            config(),
            migration,
            Objects.requireNonNull(Legs.current(migration).get(WAVE)),
            () -> log,
            new StopSignal(),
            CutoverProgress.NONE)) {
      Attempt attempt = cutover.run(AttemptKind.CUTOVER, BUDGET);
      if (!attempt.state().equals(new CutoverState.Opened())
          || !AttemptFacts.WRITER.equals(attempt.facts().measuredBy())) {
        throw new IllegalStateException("It was not cut over, or not measured: " + attempt);
      }
      return attempt;
    }
  }

  private static List<Measurement> told(int rate, List<Attempt> attempts) {
    List<Measurement> told = new ArrayList<>();
    told.add(
        line(
            "cutover, outage at " + rate + " tx/s",
            attempts.stream()
                .map(one -> Objects.requireNonNull(one.facts().outageMillis()))
                .toList()));
    Map<String, List<Long>> steps = new LinkedHashMap<>();
    attempts.forEach(
        attempt ->
            attempt
                .steps()
                .forEach(
                    (step, millis) ->
                        steps.computeIfAbsent(step, any -> new ArrayList<>()).add(millis)));
    steps.forEach((step, millis) -> told.add(line("  of it " + step, millis)));
    return told;
  }

  private static Measurement line(String name, List<Long> millis) {
    List<Long> sorted = new ArrayList<>(millis);
    Collections.sort(sorted);
    return new Measurement(
        name,
        String.format(
            Locale.ROOT,
            "p50 %d ms, p99 %d ms, min %d ms, max %d ms   (%d cutovers)",
            at(sorted, 0.5),
            at(sorted, 0.99),
            sorted.get(0),
            sorted.get(sorted.size() - 1),
            sorted.size()));
  }

  private static long at(List<Long> sorted, double share) {
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }

  /** The side that the clients were sent to last. */
  private SandboxPostgres side() {
    try {
      return Files.exists(address()) && Files.readString(address()).equals("target")
          ? sandbox.target()
          : sandbox.source();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path address() {
    return directory.resolve("address");
  }

  private VeerConfig config() {
    return new VeerConfig(
        WAVE.migration(),
        database(sandbox.source()),
        database(sandbox.target()),
        null,
        null,
        List.of(
            new WaveConfig(
                WAVE.wave(), new TablesConfig(List.of(new TablePattern("*")), List.of()))),
        tuning(),
        VerificationConfig.of(true, true),
        new CutoverConfig(
            FenceStrategy.TRIGGER,
            List.of(),
            null,
            null,
            "printf %s \"$VEER_SIDE\" > '" + address() + "'",
            BUDGET,
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofHours(1),
            Duration.ofHours(1),
            1_000),
        DashboardConfig.standard(),
        ObserveConfig.none(),
        AlertsConfig.standard(),
        directory);
  }

  private static TuningConfig tuning() {
    return new TuningConfig(
        2, 20_000, new Size(16L << 20), Duration.ofMillis(500), Duration.ofSeconds(1));
  }

  private static DatabaseConfig database(SandboxPostgres side) {
    return new DatabaseConfig(
        side.jdbcUrl(DATABASE),
        side.user(),
        new Secret(side.password()),
        TlsMode.PREFER,
        null,
        null,
        null,
        null,
        Map.of());
  }
}
