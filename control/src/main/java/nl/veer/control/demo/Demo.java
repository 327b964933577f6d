package nl.veer.control.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.demo.DemoReport.Verdict;
import nl.veer.control.status.LiveStatus;
import nl.veer.control.status.SourceEnd;
import nl.veer.control.status.StatusTable;
import nl.veer.control.status.WaveState;
import nl.veer.control.status.WaveStatus;
import nl.veer.control.wave.Migration;
import nl.veer.control.wave.MigrationRun;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.Role;
import nl.veer.control.wave.WaveRun;
import nl.veer.replicator.ReplicatorStatus;
import nl.veer.sandbox.Sandbox;
import nl.veer.sandbox.oracle.Judgement;
import nl.veer.sandbox.oracle.Oracle;
import nl.veer.sandbox.workload.ShopSchema;
import nl.veer.sandbox.workload.ShopWorkload;
import nl.veer.sandbox.workload.WorkloadConfig;
import org.jspecify.annotations.Nullable;

/**
 * Carries a live shop over and lets the sandbox's oracle compare both sides. One thread; the stop
 * signal may come from any.
 */
public final class Demo {
  private static final Duration LOOK = Duration.ofMillis(100);

  /** After the shop has closed, the target must move at least this often until it is equal. */
  private static final Duration DRAIN_PATIENCE = Duration.ofMinutes(2);

  private static final long SEED = 1953;

  private final DemoOptions options;
  private final DemoScreen screen;
  private final StopSignal stop;
  private final DemoProof proof;
  private boolean loadedBefore;
  private long loadBegan = System.nanoTime();
  private long loadEnded;
  private @Nullable WaveState state;

  public Demo(DemoOptions options, DemoScreen screen, StopSignal stop) {
    this.options = options;
    this.screen = screen;
    this.stop = stop;
    this.proof = new DemoProof(stop);
  }

  /**
   * Runs it on a started sandbox, which the caller closes.
   *
   * @throws Failure what ended it before a verdict
   */
  public DemoReport run(Sandbox sandbox) {
    DemoWorld world = new DemoWorld(sandbox);
    try {
      if (!stop.isRaised()) {
        fill(world);
      }
      if (stop.isRaised()) {
        return report(Optional.empty(), 0, null);
      }
      Migration migration = world.migration();
      WorkloadConfig config = WorkloadConfig.of(SEED, options.rate());
      try (OpenLog log = world.log();
          ShopWorkload shop = ShopWorkload.start(config, world::source);
          MigrationRun run = MigrationRun.start(migration, log, Role.RUN, false);
          SourceEnd end = new SourceEnd(migration.source())) {
        return cross(world, shop, run, end);
      }
    } catch (SQLException e) {
      throw new Failure(FailureKind.BUG, "DEMO", "The demo's database failed: " + e, e);
    }
  }

  private void fill(DemoWorld world) throws SQLException {
    long rows = world.build(options.fill());
    loadedBefore = rows == 0;
    screen.line(
        rows == 0
            ? "The shop is open again, as it was left."
            : "The shop is open: %,d rows on the source, none on the target.".formatted(rows));
    screen.line(
        "Customers write %,.0f transactions a second for %d s, while Veer carries it over."
            .formatted(options.rate(), options.duration().toSeconds()));
    loadBegan = System.nanoTime();
  }

  private DemoReport cross(DemoWorld world, ShopWorkload shop, MigrationRun run, SourceEnd end)
      throws SQLException {
    WaveRun wave = run.waves().get(0);
    long closing = System.nanoTime() + options.duration().toNanos();
    while (System.nanoTime() < closing && !stop.isRaised() && shop.failure().isEmpty()) {
      look(wave, shop, end);
      if (run.awaitOver(LOOK)) {
        throw run.failure().orElseThrow();
      }
    }
    shop.stop();
    Position last = lastPosition(end);
    boolean drained = !stop.isRaised() && drain(run, wave, shop, end, last);
    if (drained) {
      screen.line("The shop is closed and the target stands at its last commit. Proving it …");
      proof.await(wave, last, () -> look(wave, shop, end));
    }
    screen.line(
        drained
            ? "Comparing all tables …"
            : stop.isRaised()
                ? "The shop is closed before its time; so are the servers."
                : "The target did not reach the shop's last commit.");
    Optional<Judgement> judgement = drained ? Optional.of(compare(world)) : Optional.empty();
    return report(judgement, shop.committed(), wave.replicatorStatus());
  }

  private static Position lastPosition(SourceEnd end) {
    Position last = end.position();
    if (last == null) {
      throw new Failure(
          FailureKind.TRANSIENT, "DEMO", "The source's last position could not be read.");
    }
    return last;
  }

  private void look(WaveRun wave, ShopWorkload shop, SourceEnd end) {
    WaveStatus now = LiveStatus.of(wave, end.position());
    if (now.state() != state) {
      state = now.state();
      screen.line("%s (%,d transactions so far)".formatted(words(state), shop.committed()));
    }
    if (loadEnded == 0 && now.load().tables() > 0 && now.load().complete() == now.load().tables()) {
      loadEnded = System.nanoTime();
    }
    List<String> table = new ArrayList<>(StatusTable.lines(List.of(now)));
    table.add("shop: %,d transactions committed".formatted(shop.committed()));
    screen.now(table, StatusTable.plain(now));
  }

  private static String words(WaveState state) {
    return switch (state) {
      case STARTING -> "Starting: slot, publication and log";
      case LOADING -> "Loading, while the shop is written to";
      case CATCHING_UP -> "Loaded; catching up with what was written meanwhile";
      case REPLICATING -> "Replicating live: the target is a consistent copy";
      default -> state.toString();
    };
  }

  /** Waits until the target equals the source at its last commit. */
  private boolean drain(
      MigrationRun run, WaveRun wave, ShopWorkload shop, SourceEnd end, Position last) {
    long applied = -1;
    long moved = System.nanoTime();
    while (!stop.isRaised() && System.nanoTime() - moved < DRAIN_PATIENCE.toNanos()) {
      look(wave, shop, end);
      ReplicatorStatus status = wave.replicatorStatus();
      if (status != null) {
        Position here = status.applied();
        if (status.state() == ReplicatorStatus.State.REPLICATING
            && here != null
            && here.compareTo(last) >= 0) {
          return true;
        }
        long progress = status.transaction() + loaded(status);
        if (progress != applied) {
          applied = progress;
          moved = System.nanoTime();
        }
      }
      if (run.awaitOver(LOOK)) {
        throw run.failure().orElseThrow();
      }
    }
    return false;
  }

  private static long loaded(ReplicatorStatus status) {
    return status.loads().stream().mapToLong(ReplicatorStatus.LoadProgress::rows).sum();
  }

  private static Judgement compare(DemoWorld world) throws SQLException {
    try (Connection source = world.source();
        Connection target = world.target()) {
      return Oracle.compare(source, target, List.of(ShopSchema.NAME));
    }
  }

  /** Of each transaction since the wave became REPLICATING: the replicator's own histogram. */
  private static DemoReport.LagMillis lag(@Nullable ReplicatorStatus status) {
    return status == null
        ? new DemoReport.LagMillis(0, 0, 0)
        : new DemoReport.LagMillis(
            status.lag().p50Millis(), status.lag().p99Millis(), status.lag().maxMillis());
  }

  private DemoReport report(
      Optional<Judgement> judgement, long committed, @Nullable ReplicatorStatus status) {
    double seconds =
        Math.max(1, (loadEnded == 0 ? System.nanoTime() : loadEnded) - loadBegan) / 1e9;
    return new DemoReport(
        judgement.map(found -> found.tables().size()).orElse(0),
        judgement.map(Judgement::rows).orElse(0L),
        committed,
        status == null ? 0 : status.events(),
        status == null || loadedBefore ? 0 : Math.round(loaded(status) / seconds),
        lag(status),
        judgement
            .map(found -> found.equal() ? Verdict.EQUAL : Verdict.DIFFERENT)
            .orElse(Verdict.UNKNOWN),
        proof.verdict(),
        proof.position(),
        judgement.stream()
            .flatMap(found -> found.tables().stream())
            .filter(table -> !table.equal())
            .map(table -> table.table() + ": " + table.difference())
            .toList());
  }
}
