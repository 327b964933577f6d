package nl.veer.benchmarks.ledger;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import nl.veer.benchmarks.contest.Contender;
import nl.veer.benchmarks.contest.Lap;
import nl.veer.benchmarks.contest.Peer;
import nl.veer.benchmarks.ground.Crossing;
import nl.veer.benchmarks.ground.RoleThread;
import nl.veer.benchmarks.ground.Work;
import nl.veer.connectors.dialect.postgres.PostgresLoad;
import nl.veer.connectors.event.LogId;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.connectors.log.LogReader;
import nl.veer.control.wave.OpenLog;
import nl.veer.sandbox.process.ServerDirectory;
import nl.veer.verifier.digest.DigestKey;
import nl.veer.verifier.ledger.Ledger;
import nl.veer.verifier.ledger.LedgerConfig;
import nl.veer.verifier.ledger.LedgerTable;
import nl.veer.verifier.value.Tolerances;

/** A ledger of its own, which reads a log and an echo that are there, and balances their rows. */
record VeerLedger(Crossing crossing, long rows) implements Contender {
  private static final long MEMORY_BYTES = 64L << 20;

  @Override
  public String name() {
    return "ledger";
  }

  @Override
  public Peer peer() {
    return Peer.VEER;
  }

  @Override
  public void run(Lap lap) throws Exception {
    Path spill = Files.createTempDirectory("veer-bench-ledger");
    StopSignal stop = new StopSignal();
    Ledger ledger = ledger(spill);
    lap.begin();
    try (RoleThread role = new RoleThread("ledger", () -> ledger.run(stop), stop::raise)) {
      role.await(() -> ledger.status().counts().rows() >= rows);
      lap.end(rows);
    }
    ServerDirectory.delete(spill);
  }

  private Ledger ledger(Path spill) {
    LedgerConfig config =
        new LedgerConfig(
            crossing.wave(),
            List.of(
                new LedgerTable(
                    crossing.tables().get(0), List.of("id"), false, false, Set.of(), false)),
            Tolerances.NONE,
            Map.of(),
            null,
            spill,
            MEMORY_BYTES,
            Duration.ofSeconds(1),
            Work.LIMIT);
    OpenLog log = crossing.world().log();
    return new Ledger(
        crossing.wave(),
        () -> config,
        DigestKey.random(),
        new PostgresLoad()::boundary,
        reader(log, crossing.wave()),
        reader(log, crossing.wave().echo()),
        new Kept());
  }

  private static Supplier<LogReader> reader(OpenLog log, LogId id) {
    return () -> log.reader(id);
  }
}
