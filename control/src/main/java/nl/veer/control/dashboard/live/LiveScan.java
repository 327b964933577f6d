package nl.veer.control.dashboard.live;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.dashboard.command.CommandOrder;
import nl.veer.control.dashboard.command.CommandOutcome;
import nl.veer.control.scan.Scans;
import nl.veer.control.wave.OpenLog;
import nl.veer.verifier.scan.Scan;
import nl.veer.verifier.scan.ScanConfig;
import nl.veer.verifier.scan.ScanProgress;
import nl.veer.verifier.value.Tolerances;
import nl.veer.verifier.verdict.ScanStatement;
import nl.veer.verifier.verdict.Verdict;

/**
 * A scan that somebody asks for: as {@code veer scan} makes one, at the pace that the configuration
 * gives to the wave's own. Owned by one thread.
 */
final class LiveScan {
  private static final Duration PACE = Duration.ofMillis(500);

  private final VeerConfig config;
  private final Supplier<OpenLog> log;
  private final StopSignal stop;
  private final Consumer<String> says;

  LiveScan(VeerConfig config, Supplier<OpenLog> log, StopSignal stop, Consumer<String> says) {
    this.config = config;
    this.log = log;
    this.stop = stop;
    this.says = says;
  }

  CommandOutcome run(CommandOrder order) {
    ScanConfig how =
        new ScanConfig(
            config.verification().scanWorkers(),
            ScanConfig.CHUNK_ROWS,
            config.verification().scanRate(),
            Tolerances.NONE);
    try (Scans scans = Scans.ofWaves(how, config, order.wave(), order.tables(), log)) {
      CommandOutcome outcome = null;
      for (Scans.Scope scope : scans.scopes()) {
        ScanStatement statement = watched(scope);
        scope.keep(statement);
        outcome = of(statement);
      }
      return outcome == null
          ? CommandOutcome.refused("NO_TABLES", "The wave has no tables.")
          : outcome;
    }
  }

  private ScanStatement watched(Scans.Scope scope) {
    Scan scan = scope.scan();
    StopSignal over = new StopSignal();
    Thread watch = new Thread(() -> watch(scan, over), "command scan watch");
    watch.setDaemon(true);
    watch.start();
    try {
      return scan.run(scope.tables());
    } finally {
      over.raise();
    }
  }

  private void watch(Scan scan, StopSignal over) {
    while (!over.await(PACE)) {
      if (stop.isRaised()) {
        scan.stop();
      }
      ScanProgress progress = scan.progress();
      says.accept(
          "%d of %d tables, %,d rows%s"
              .formatted(
                  progress.tablesDone(),
                  progress.tables(),
                  progress.rows(),
                  progress.differing() == 0 ? "" : ", " + progress.differing() + " differ"));
    }
  }

  private CommandOutcome of(ScanStatement statement) {
    Verdict verdict = statement.verdict();
    long rows = statement.tables().stream().mapToLong(one -> one.source().rows()).sum();
    String words =
        "%s: %d tables, %,d rows at the source%s"
            .formatted(
                verdict.word(),
                statement.tables().size(),
                rows,
                verdict instanceof Verdict.Unknown unknown ? ". " + unknown.words() : "");
    return stop.isRaised() && verdict instanceof Verdict.Unknown
        ? CommandOutcome.failed(verdict.word(), "SCAN_STOPPED", words)
        : CommandOutcome.done(verdict.word(), words);
  }
}
