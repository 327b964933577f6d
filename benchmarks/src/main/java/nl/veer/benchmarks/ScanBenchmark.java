package nl.veer.benchmarks;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.sandbox.link.Link;
import nl.veer.sandbox.postgres.SandboxPostgres;
import nl.veer.verifier.scan.LookSettlement;
import nl.veer.verifier.scan.MemoryRecords;
import nl.veer.verifier.scan.Scan;
import nl.veer.verifier.scan.ScanConfig;
import nl.veer.verifier.scan.postgres.RowHash;
import nl.veer.verifier.value.Tolerances;
import nl.veer.verifier.verdict.ScanStatement;
import nl.veer.verifier.verdict.Verdict;

/**
 * Rows per second of a scan of equal tables with one worker, taken in turns with the statement that
 * does the least that any digest of all rows must do, on the same table. A scan reads both sides at
 * once; so does the statement that it is held against. Parallel plans are off: a worker is one
 * process on each side. Beside it the bytes that a scan of these rows sends over the network.
 */
final class ScanBenchmark {
  private static final int ROUNDS = 7;
  private static final String DATABASE = "scanned";

  private ScanBenchmark() {}

  static List<Measurement> run(Shape shape, long rows) throws Exception {
    try (SandboxPostgres source = SandboxPostgres.startTemporary();
        SandboxPostgres target = SandboxPostgres.startTemporary()) {
      for (SandboxPostgres side : List.of(source, target)) {
        side.createDatabase(DATABASE);
        execute(side, shape.create(), shape.insert(1, rows), "VACUUM ANALYZE " + shape.name());
      }
      String statement =
          "SELECT count(*), sum(hashtextextended(t::text, 0)) FROM " + shape.name() + " t";
      List<Long> scans = new ArrayList<>();
      List<Long> alone = new ArrayList<>();
      List<Long> both = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        alone.add(nanos(() -> query(source, statement)));
        both.add(nanos(() -> onBoth(source, target, statement)));
        scans.add(nanos(() -> scan(endpoint(source), endpoint(target))));
      }
      return List.of(
          Measurement.rate("SELECT sum(hash), one side, " + shape.name(), rows, median(alone)),
          Measurement.rate("SELECT sum(hash), both at once, " + shape.name(), rows, median(both)),
          Measurement.rate("scan, " + shape.name(), rows, median(scans)),
          new Measurement(
              "scan against the SELECT on both, " + shape.name(),
              String.format(Locale.ROOT, "%.2f   (median of %d)", ratio(both, scans), ROUNDS)),
          new Measurement(
              "bytes of a scan, " + shape.name(),
              String.format(
                  Locale.ROOT, "%,d bytes for each million rows", bytes(source, target, rows))));
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static long nanos(Work work) throws Exception {
    long begin = System.nanoTime();
    work.run();
    return System.nanoTime() - begin;
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

  private static void onBoth(SandboxPostgres source, SandboxPostgres target, String statement)
      throws Exception {
    try (RoleThread other =
        new RoleThread("other side", () -> unchecked(target, statement), () -> {})) {
      query(source, statement);
    }
  }

  private static void unchecked(SandboxPostgres side, String statement) {
    try {
      query(side, statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void query(SandboxPostgres side, String sql) throws SQLException {
    try (Connection connection = side.connect(DATABASE);
        Statement statement = connection.createStatement()) {
      statement.execute("SET max_parallel_workers_per_gather = 0");
      try (ResultSet row = statement.executeQuery(sql)) {
        row.next();
      }
    }
  }

  private static void execute(SandboxPostgres side, String... statements) throws SQLException {
    try (Connection connection = side.connect(DATABASE);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static DatabaseEndpoint endpoint(SandboxPostgres side) {
    return new DatabaseEndpoint(
        side.jdbcUrl(DATABASE), side.user(), new Secret(side.password()), Map.of());
  }

  private static DatabaseEndpoint through(Link link, SandboxPostgres side) {
    return new DatabaseEndpoint(
        "jdbc:postgresql://" + link.address() + "/" + DATABASE,
        side.user(),
        new Secret(side.password()),
        Map.of());
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

  /** Both ways, both sides, with logging in and reading the catalogs. */
  private static long bytes(SandboxPostgres source, SandboxPostgres target, long rows) {
    try (Link here = Link.to(source.port());
        Link there = Link.to(target.port())) {
      scan(through(here, source), through(there, target));
      return (here.carried() + there.carried()) * 1_000_000 / rows;
    }
  }
}
