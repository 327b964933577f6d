package nl.veer.benchmarks.scan;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import nl.veer.benchmarks.contest.Contender;
import nl.veer.benchmarks.contest.Figure;
import nl.veer.benchmarks.contest.Lap;
import nl.veer.benchmarks.contest.Peer;
import nl.veer.benchmarks.ground.Crossing;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.sandbox.link.Link;
import nl.veer.verifier.scan.LookSettlement;
import nl.veer.verifier.scan.MemoryRecords;
import nl.veer.verifier.scan.Scan;
import nl.veer.verifier.scan.ScanConfig;
import nl.veer.verifier.scan.postgres.RowHash;
import nl.veer.verifier.value.Tolerances;
import nl.veer.verifier.verdict.ScanStatement;
import nl.veer.verifier.verdict.Verdict;

/** Veer's scan with one worker, from the opening of its sessions to its statement. */
record VeerScan(Crossing crossing, long rows) implements Contender {
  private static final Figure BYTES = new Figure("network bytes per million rows", 0);

  @Override
  public String name() {
    return "veer";
  }

  @Override
  public Peer peer() {
    return Peer.VEER;
  }

  @Override
  public void run(Lap lap) {
    lap.begin();
    scan(crossing.source(), crossing.target());
    lap.end(rows);
    lap.figure(BYTES, bytes() * 1e6 / rows);
  }

  private static void scan(DatabaseEndpoint source, DatabaseEndpoint target) {
    ScanConfig config = new ScanConfig(1, ScanConfig.CHUNK_ROWS, 0, Tolerances.NONE);
    ScanStatement statement =
        new Scan(
                config,
                Scan.Endpoints.of(new SourceConnections(source), new TargetConnections(target)),
                RowHash.random(),
                new LookSettlement(Duration.ofSeconds(1)),
                new MemoryRecords(),
                Clock.systemUTC())
            .run(List.of());
    if (!statement.verdict().equals(Verdict.equal())) {
      throw new IllegalStateException("Equal tables are " + statement.verdict());
    }
  }

  /** Of a scan that is not timed: both ways, both sides, with logging in and the catalogs. */
  private long bytes() {
    try (Link here = Link.to(crossing.world().source().port());
        Link there = Link.to(crossing.world().target().port())) {
      scan(through(here, crossing.source()), through(there, crossing.target()));
      return here.carried() + there.carried();
    }
  }

  private DatabaseEndpoint through(Link link, DatabaseEndpoint side) {
    return new DatabaseEndpoint(
        "jdbc:postgresql://" + link.address() + "/" + crossing.database(),
        side.user(),
        side.password(),
        Map.of());
  }
}
