package nl.veer.benchmarks.cutover;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nl.veer.benchmarks.contest.Contender;
import nl.veer.benchmarks.contest.Contest;
import nl.veer.benchmarks.contest.Figure;
import nl.veer.benchmarks.contest.Lap;
import nl.veer.benchmarks.contest.Peer;
import nl.veer.benchmarks.ground.World;
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
import nl.veer.sandbox.postgres.SandboxPostgres;
import nl.veer.sandbox.process.ServerDirectory;
import nl.veer.sandbox.workload.ShopFill;
import nl.veer.sandbox.workload.ShopSchema;
import nl.veer.sandbox.workload.ShopWorkload;
import nl.veer.sandbox.workload.WorkloadConfig;

/**
 * The outage of real cutovers, one after the other to and fro, while the shop's clients write: as
 * the cutover's own writers see it, from the last write that was taken on the one side to the first
 * on the other. With ledger, the comparison of every row and the canary through the way back; the
 * roles run in the same process, with scans as they are by default. Nobody else does this.
 */
public final class CutoverContest implements Contender, AutoCloseable {
  private static final String DATABASE = "shop";
  private static final WaveId WAVE = new WaveId("bench", "cutover");
  private static final long SEED = 1602;
  private static final Duration BUDGET = Duration.ofSeconds(30);
  private static final Duration FOLLOWS_WITHIN = Duration.ofMinutes(5);
  private static final Figure OUTAGE = new Figure("outage, ms", 0);

  /**
   * Compilers and caches are as in a crossing that has run for a while: this many are not counted.
   */
  private static final int WARM_UP = 4;

  /** Between two cutovers the clients write on the other side for about so many transactions. */
  private static final long BETWEEN = 1_500;

  private final World world;
  private final Path directory;
  private final Migration migration;
  private final MigrationRun run;
  private final ShopWorkload shop;

  /**
   * Starts a crossing of the shop, and its clients.
   *
   * @param rate transactions that they commit in a second
   * @param rows in all tables together
   */
  public CutoverContest(World world, int rate, long rows) throws Exception {
    this.world = world;
    this.directory = world.directory("cutover");
    make(rows);
    this.migration = migration();
    this.run = MigrationRun.start(migration, world.log(), Role.RUN, false);
    this.shop = ShopWorkload.start(WorkloadConfig.of(SEED, rate), () -> side().connect(DATABASE));
    awaitFollowing(run, migration, world.log());
  }

  /** So many of them. */
  public Contest contest(int times) {
    return new Contest("cutover", world.servers(), List.of(this), WARM_UP, times);
  }

  @Override
  public String name() {
    return "veer";
  }

  @Override
  public Peer peer() {
    return Peer.VEER;
  }

  @Override
  public void run(Lap lap) throws Exception {
    awaitMore(shop, run);
    lap.begin();
    Attempt attempt = cutOver(migration, world.log());
    lap.end(1);
    lap.withoutSpeed();
    lap.figure(OUTAGE, Objects.requireNonNull(attempt.facts().outageMillis()));
    attempt
        .steps()
        .forEach((step, millis) -> lap.figure(new Figure("of it " + step + ", ms", 0), millis));
  }

  private void make(long rows) throws SQLException {
    for (SandboxPostgres side : List.of(world.source(), world.target())) {
      side.createDatabase(DATABASE);
      try (Connection connection = side.connect(DATABASE)) {
        ShopSchema.create(connection);
      }
    }
    try (Connection source = world.source().connect(DATABASE)) {
      ShopFill.ofRows(SEED, rows).fill(source);
    }
  }

  private Migration migration() throws SQLException {
    try (Connection source = world.source().connect(DATABASE)) {
      List<TableId> tables = PostgresCatalog.tables(source).stream().map(TableSchema::id).toList();
      return new Migration(
          new SourceConnections(World.endpoint(world.source(), DATABASE)),
          new TargetConnections(World.endpoint(world.target(), DATABASE)),
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

  /** The side that the clients were sent to last. */
  private SandboxPostgres side() {
    try {
      return Files.exists(address()) && Files.readString(address()).equals("target")
          ? world.target()
          : world.source();
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
        database(world.source()),
        database(world.target()),
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

  @Override
  public void close() throws Exception {
    shop.stop();
    run.close();
    ServerDirectory.delete(directory);
  }
}
