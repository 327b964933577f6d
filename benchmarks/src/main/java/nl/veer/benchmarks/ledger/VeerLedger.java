package nl.veer.benchmarks.ledger;

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
import nl.veer.verifier.ledger.LedgerCheckpoint;
import nl.veer.verifier.ledger.LedgerConfig;
import nl.veer.verifier.ledger.LedgerCounts;
import nl.veer.verifier.ledger.LedgerTable;
import nl.veer.verifier.value.CanonicalBytes;
import nl.veer.verifier.value.Tolerances;

/**
 * A ledger of its own, which reads a log and an echo that are there, and balances their rows. It
 * goes on from a checkpoint, at the echo's beginning: a ledger that has none reads the echo once
 * more before it begins, which it does once in a wave's life, over an echo that is just made.
 */
record VeerLedger(Crossing crossing, long rows) implements Contender {
  private static final long MEMORY_BYTES = 64L << 20;

  /** Only with a checkpoint is told how far it is. */
  private static final Duration CHECKPOINT_EVERY = Duration.ofMillis(50);

  /** No transaction of the echo is balanced yet, and any may be the first. */
  private static final long NO_TRANSACTION = -1;

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
    Path spill = crossing.world().directory("ledger");
    StopSignal stop = new StopSignal();
    Ledger ledger = ledger(spill);
    try (RoleThread role = new RoleThread("ledger", () -> ledger.run(stop), stop::raise)) {
      role.await(() -> ledger.status().counts().rows() > 0);
      lap.begin();
      long first = ledger.status().counts().rows();
      role.await(() -> ledger.status().counts().rows() >= rows);
      lap.end(rows - first);
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
            CHECKPOINT_EVERY,
            Work.LIMIT);
    OpenLog log = crossing.world().log();
    return new Ledger(
        crossing.wave(),
        () -> config,
        DigestKey.random(),
        new PostgresLoad()::boundary,
        reader(log, crossing.wave()),
        reader(log, crossing.wave().echo()),
        new Kept(beginning(log)));
  }

  private LedgerCheckpoint beginning(OpenLog open) {
    try (LogReader log = open.reader(crossing.wave());
        LogReader echo = open.reader(crossing.wave().echo())) {
      return new LedgerCheckpoint(
          CanonicalBytes.VERSION,
          echo.logId(),
          echo.beginOffset(),
          NO_TRANSACTION,
          null,
          log.logId(),
          null,
          LedgerCounts.NONE,
          Map.of());
    }
  }

  private static Supplier<LogReader> reader(OpenLog log, LogId id) {
    return () -> log.readerAhead(id);
  }
}
