package nl.veer.benchmarks.ground;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import nl.veer.sandbox.postgres.SandboxPostgres;
import nl.veer.sandbox.process.Pause;
import nl.veer.sandbox.workload.ShopFill;
import nl.veer.sandbox.workload.ShopWorkload;
import nl.veer.sandbox.workload.WorkloadConfig;

/**
 * What the shop's clients do to all of its tables: small transactions of every kind, as fast as the
 * source takes them.
 *
 * @param rows in the shop before, in all tables together
 * @param transactions that are written, about
 */
public record ShopBacklog(long rows, long transactions) implements Backlog {
  private static final long SEED = 7;
  private static final double UNBRIDLED = 1e6;
  private static final Duration LOOK = Duration.ofMillis(20);

  private static final Duration FIGURES = Duration.ofMillis(500);

  /** No client of the shop has this number. */
  private static final int LAST = 32_000;

  @Override
  public String words() {
    return "the shop's mix";
  }

  @Override
  public Crossing begin(World world, String purpose) throws Exception {
    Crossing crossing = world.shopCrossing(purpose);
    fill(world.source(), crossing);
    return crossing;
  }

  @Override
  public void fillTarget(Crossing crossing) throws SQLException {
    fill(crossing.world().target(), crossing);
  }

  private void fill(SandboxPostgres side, Crossing crossing) throws SQLException {
    try (Connection connection = side.connect(crossing.database())) {
      ShopFill.ofRows(SEED, rows).fill(connection);
    }
  }

  @Override
  public long write(Crossing crossing) throws SQLException {
    SandboxPostgres source = crossing.world().source();
    Pause.of(FIGURES);
    long before = changed(crossing);
    try (ShopWorkload shop =
        ShopWorkload.start(
            WorkloadConfig.of(SEED, UNBRIDLED), () -> source.connect(crossing.database()))) {
      while (shop.committed() < transactions && shop.failure().isEmpty()) {
        Pause.of(LOOK);
      }
      shop.stop();
    }
    crossing.onSource(
        "INSERT INTO shop.commits (client, sequence, kind) VALUES (%d, 1, 'last')".formatted(LAST));
    // A session's last figures are there a moment after it has ended.
    Pause.of(FIGURES);
    return changed(crossing) - before;
  }

  /** Rows that were written since the database was made, as its statistics have them. */
  private static long changed(Crossing crossing) throws SQLException {
    try (Connection connection = crossing.world().source().connect(crossing.database());
        Statement statement = connection.createStatement();
        ResultSet answer =
            statement.executeQuery(
                "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_user_tables")) {
      answer.next();
      return answer.getLong(1);
    }
  }

  @Override
  public String isThere() {
    return "SELECT count(*) = 1 FROM shop.commits WHERE client = " + LAST;
  }
}
