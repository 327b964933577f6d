package nl.veer.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import nl.veer.connectors.dialect.postgres.PostgresLoad;
import nl.veer.connectors.event.LogId;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.LogReader;
import nl.veer.control.wave.MigrationRun;
import nl.veer.control.wave.OpenLog;
import nl.veer.control.wave.Role;
import nl.veer.control.wave.WaveRun;
import nl.veer.replicator.ReplicatorStatus;
import nl.veer.verifier.digest.DigestKey;
import nl.veer.verifier.ledger.Found;
import nl.veer.verifier.ledger.Ledger;
import nl.veer.verifier.ledger.LedgerCheckpoint;
import nl.veer.verifier.ledger.LedgerConfig;
import nl.veer.verifier.ledger.LedgerRecords;
import nl.veer.verifier.ledger.LedgerTable;
import nl.veer.verifier.value.Tolerances;
import org.jspecify.annotations.Nullable;

/**
 * Rows per second of the ledger over a log and an echo that are already there; and what it costs a
 * crossing, end to end on one machine, that its target is captured as well and both logs are
 * balanced: the same rows with the ledger and without, in turns.
 */
final class LedgerBenchmark {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final int ROUNDS = 3;
  private static final long MEMORY_BYTES = 64L << 20;

  private LedgerBenchmark() {}

  static List<Measurement> run(World world, Shape shape, long rows) throws Exception {
    Path data = Files.createTempDirectory("veer-bench-ledger");
    List<Long> without = new ArrayList<>();
    List<Long> with = new ArrayList<>();
    World.Crossing last = null;
    for (int round = 1; round <= ROUNDS; round++) {
      World.Crossing plain = world.crossing("plain_" + shape.name() + round, shape);
      without.add(cross(world, plain, rows, false, data));
      last = world.crossing("proven_" + shape.name() + round, shape);
      with.add(cross(world, last, rows, true, data));
    }
    long alone = balance(world, Objects.requireNonNull(last), rows, data.resolve("alone"));
    return List.of(
        Measurement.rate("ledger alone, " + shape.name(), rows, alone),
        Measurement.rate("crossing without ledger, " + shape.name(), rows, median(without)),
        Measurement.rate("crossing with ledger, " + shape.name(), rows, median(with)),
        new Measurement(
            "with the ledger against without, " + shape.name(),
            String.format(Locale.ROOT, "%.2f   (median of %d)", ratio(without, with), ROUNDS)));
  }

  /** Nanoseconds from the first commit on the source to the last on the target. */
  private static long cross(
      World world, World.Crossing crossing, long rows, boolean ledger, Path data) throws Exception {
    MigrationRun run =
        MigrationRun.start(crossing.migration(ledger, data), world.log(), Role.RUN, false);
    WaveRun wave = run.waves().get(0);
    try (RoleThread role = new RoleThread("crossing", () -> {}, run::close)) {
      role.nanosUntil(() -> isReplicating(wave), LIMIT);
      long before = status(wave).events();
      long begin = System.nanoTime();
      long step = CaptureBenchmark.TRANSACTION_ROWS;
      for (long id = 1; id <= rows; id += step) {
        crossing.onSource(crossing.shape().insert(id, Math.min(rows, id + step - 1)));
      }
      role.nanosUntil(() -> status(wave).events() >= before + rows, LIMIT);
      long nanos = System.nanoTime() - begin;
      if (ledger) {
        role.nanosUntil(() -> balanced(wave) >= rows, LIMIT);
      }
      return nanos;
    }
  }

  private static ReplicatorStatus status(WaveRun wave) {
    return Objects.requireNonNull(wave.replicatorStatus());
  }

  private static boolean isReplicating(WaveRun wave) {
    return status(wave).state() == ReplicatorStatus.State.REPLICATING;
  }

  private static long balanced(WaveRun wave) {
    return Objects.requireNonNull(wave.ledgerStatus()).counts().rows();
  }

  /** Nanoseconds in which a ledger of its own reads both topics and balances the rows. */
  private static long balance(World world, World.Crossing crossing, long rows, Path spill)
      throws Exception {
    OpenLog log = world.log();
    TableId table = new TableId("public", crossing.shape().name());
    StopSignal stop = new StopSignal();
    Kept kept = new Kept();
    LedgerConfig config =
        new LedgerConfig(
            crossing.wave(),
            List.of(new LedgerTable(table, List.of("id"), false, false, Set.of(), false)),
            Tolerances.NONE,
            Map.of(),
            null,
            spill,
            MEMORY_BYTES,
            Duration.ofSeconds(1),
            LIMIT);
    Ledger ledger =
        new Ledger(
            crossing.wave(),
            () -> config,
            DigestKey.random(),
            new PostgresLoad()::boundary,
            reader(log, crossing.wave()),
            reader(log, crossing.wave().echo()),
            kept);
    try (RoleThread role = new RoleThread("ledger", () -> ledger.run(stop), stop::raise)) {
      return role.nanosUntil(() -> ledger.status().counts().rows() >= rows, LIMIT);
    }
  }

  private static Supplier<LogReader> reader(OpenLog log, LogId id) {
    return () -> log.reader(id);
  }

  /** In memory; a measurement ends with what it measures. */
  private static final class Kept implements LedgerRecords {
    private @Nullable LedgerCheckpoint checkpoint;

    @Override
    public Optional<LedgerCheckpoint> checkpoint() {
      return Optional.ofNullable(checkpoint);
    }

    @Override
    public void save(LedgerCheckpoint next, Found found) {
      if (!found.isNothing()) {
        throw new IllegalStateException("A ledger of equal logs found " + found.detailed().size());
      }
      checkpoint = next;
    }

    @Override
    public void tell(@Nullable Failure failure) {
      if (failure != null) {
        throw new IllegalStateException("The ledger does not go on", failure);
      }
    }
  }

  private static long median(List<Long> nanos) {
    List<Long> sorted = new ArrayList<>(nanos);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  /** Of each round by itself: what else the machine did then, it did to both. */
  private static double ratio(List<Long> base, List<Long> measured) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < base.size(); i++) {
      ratios.add((double) base.get(i) / measured.get(i));
    }
    Collections.sort(ratios);
    return ratios.get(ratios.size() / 2);
  }
}
