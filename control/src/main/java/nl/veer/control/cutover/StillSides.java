package nl.veer.control.cutover;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.verifier.scan.MemoryRecords;
import nl.veer.verifier.scan.Scan;
import nl.veer.verifier.scan.ScanConfig;
import nl.veer.verifier.scan.StillSettlement;
import nl.veer.verifier.scan.TableCounts;
import nl.veer.verifier.scan.TableCounts.Count;
import nl.veer.verifier.scan.postgres.KeyRange;
import nl.veer.verifier.scan.postgres.RowHash;
import nl.veer.verifier.scan.postgres.ScanTable;
import nl.veer.verifier.value.Tolerances;
import nl.veer.verifier.verdict.ScanStatement;

/**
 * Both sides while they stand still, to be compared. What is asked is ended when the budget runs
 * out, or somebody wants to stop.
 *
 * @param workers how many compare at once
 */
record StillSides(Tolerances tolerances, int workers) {
  /** Small, so that all workers have something to do on a single table. */
  private static final long CHUNK_ROWS = 250_000;

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  static Scan.Endpoints endpoints(Drive drive) {
    return new Scan.Endpoints(drive.leg().from(), drive.leg().to(), drive.leg().wave());
  }

  /** Every row of these tables. */
  ScanStatement run(Drive drive, Scan scan, List<TableId> tables) {
    return watched(drive, scan::stop, () -> scan.run(tables));
  }

  /** These ranges of tables. */
  ScanStatement run(Drive drive, Map<TableId, List<KeyRange>> parts) {
    try (Scan scan = scan(drive)) {
      return watched(drive, scan::stop, () -> scan.run(parts));
    }
  }

  /** One that was not run yet; the caller closes it. */
  Scan scan(Drive drive) {
    ScanConfig how = new ScanConfig(workers, CHUNK_ROWS, 0, Tolerances.NONE).tolerating(tolerances);
    return new Scan(
        how,
        endpoints(drive),
        RowHash.random(),
        new StillSettlement(),
        new MemoryRecords(),
        Clock.systemUTC());
  }

  /** The rows of whole tables. */
  List<Count> count(Drive drive, Collection<ScanTable> tables) {
    TableCounts counts = new TableCounts(endpoints(drive), workers);
    return watched(drive, counts::stop, () -> counts.of(tables));
  }

  private static <T> T watched(Drive drive, Runnable stopping, Supplier<T> asked) {
    StopSignal over = new StopSignal();
    Thread watch = new Thread(() -> watch(drive, stopping, over), "cutover proof watch");
    watch.setDaemon(true);
    watch.start();
    try {
      return asked.get();
    } finally {
      over.raise();
    }
  }

  private static void watch(Drive drive, Runnable stopping, StopSignal over) {
    while (!over.isRaised()) {
      if (drive.budget().isOut() || drive.stop().isRaised()) {
        stopping.run();
        return;
      }
      over.await(LOOK_AGAIN);
    }
  }
}
