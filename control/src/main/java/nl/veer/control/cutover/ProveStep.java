package nl.veer.control.cutover;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.StopSignal;
import nl.veer.control.cutover.CutoverState.Proven;
import nl.veer.control.wave.OpenLog;
import nl.veer.verifier.scan.LogSettlement;
import nl.veer.verifier.scan.MemoryRecords;
import nl.veer.verifier.scan.Scan;
import nl.veer.verifier.scan.ScanConfig;
import nl.veer.verifier.scan.postgres.RowHash;
import nl.veer.verifier.value.Tolerances;
import nl.veer.verifier.verdict.ScanStatement;
import nl.veer.verifier.verdict.TableStatement;
import nl.veer.verifier.verdict.Verdict;

/**
 * PROVEN: both sides stand still, so each row is compared with what it must be. Only EQUAL goes on.
 * That the fence has held until then is looked at behind it.
 */
final class ProveStep implements Step {
  /** Small, so that all workers have something to do on a single table. */
  private static final long CHUNK_ROWS = 250_000;

  private static final java.time.Duration LOOK_AGAIN = java.time.Duration.ofMillis(20);

  /** Of all partitions; -1 if one that holds something has no statistics. */
  private static final String ESTIMATE =
      """
      SELECT coalesce(sum(CASE WHEN pg_relation_size(l.oid) = 0 THEN 0
                               WHEN l.reltuples > 0 THEN l.reltuples::bigint END), 0),
             count(*) FILTER (WHERE pg_relation_size(l.oid) > 0 AND l.reltuples <= 0)
      FROM unnest(?::text[]) AS t(name)
           CROSS JOIN LATERAL (
             SELECT t.name::regclass AS oid UNION
             SELECT p.relid FROM pg_partition_tree(t.name::regclass) p) AS r
           JOIN pg_class l ON l.oid = r.oid AND l.relkind = 'r'
      """;

  private final Supplier<OpenLog> log;
  private final Tolerances tolerances;

  ProveStep(Supplier<OpenLog> log, Tolerances tolerances) {
    this.log = log;
    this.tolerances = tolerances;
  }

  @Override
  public CutoverState state() {
    return new Proven();
  }

  @Override
  public void prepare(Drive drive) {
    ProofPlan plan = plan(drive);
    if (!plan.whole()) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "PROOF_TOO_LONG",
          "To compare about %,d rows takes about %d s, and writes would be refused meanwhile: too long"
                  .formatted(plan.rows().orElse(0), plan.estimate().toSeconds())
              + " for an outage of at most %d s. Allow more with --max-outage, or cut over in smaller"
                  .formatted(drive.attempt().budget().toSeconds())
              + " waves.");
    }
  }

  static ProofPlan plan(Drive drive) {
    OptionalLong rows =
        drive.onFrom("estimating the rows", from -> estimate(from, drive.leg().tables()));
    return ProofPlan.of(rows, drive.attempt().budget());
  }

  static OptionalLong estimate(Connection side, List<TableId> tables) throws SQLException {
    try (PreparedStatement query = side.prepareStatement(ESTIMATE)) {
      query.setArray(1, side.createArrayOf("text", tables.stream().map(TableId::quoted).toArray()));
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(2) > 0 ? OptionalLong.empty() : OptionalLong.of(row.getLong(1));
      }
    }
  }

  @Override
  public void run(Drive drive) {
    ScanStatement statement = scan(drive);
    long rows = statement.tables().stream().mapToLong(table -> table.source().rows()).sum();
    drive.record(
        facts -> facts.compared(statement.tables().size(), rows, statement.verdict().word()));
    drive.budget().require("the comparison");
    drive.requireGoing("the comparison");
    require(statement);
    Fences.requireUp(drive);
  }

  private ScanStatement scan(Drive drive) {
    ScanConfig how =
        new ScanConfig(ProofPlan.WORKERS, CHUNK_ROWS, 0, Tolerances.NONE).tolerating(tolerances);
    Scan.Endpoints endpoints =
        new Scan.Endpoints(drive.leg().from(), drive.leg().to(), drive.leg().wave());
    try (LogSettlement settlement = new LogSettlement(() -> log.get().reader(drive.leg().wave()))) {
      Scan scan =
          new Scan(
              how, endpoints, RowHash.random(), settlement, new MemoryRecords(), Clock.systemUTC());
      StopSignal over = new StopSignal();
      Thread watch = new Thread(() -> watch(drive, scan, over), "cutover proof watch");
      watch.setDaemon(true);
      watch.start();
      try {
        return scan.run(drive.leg().tables());
      } finally {
        over.raise();
      }
    }
  }

  private static void watch(Drive drive, Scan scan, StopSignal over) {
    while (!over.isRaised()) {
      if (drive.budget().isOut() || drive.stop().isRaised()) {
        scan.stop();
        return;
      }
      over.await(LOOK_AGAIN);
    }
  }

  private static void require(ScanStatement statement) {
    if (statement.verdict() instanceof Verdict.Equal) {
      return;
    }
    String tables =
        statement.tables().stream()
            .filter(table -> !(table.verdict() instanceof Verdict.Equal))
            .map(ProveStep::said)
            .reduce((one, other) -> one + "; " + other)
            .orElse("no table was compared");
    throw new Failure(
        FailureKind.TARGET_DATA,
        "NOT_EQUAL",
        "Both sides stood still, and it is not proven that they are equal: " + tables + ".");
  }

  private static String said(TableStatement table) {
    return table.table()
        + " "
        + table.verdict().word()
        + (table.verdict() instanceof Verdict.Unknown unknown
            ? " (" + unknown.words() + ")"
            : ", %d rows differ".formatted(table.differing()));
  }
}
