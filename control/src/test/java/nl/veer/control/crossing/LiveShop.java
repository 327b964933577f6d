package nl.veer.control.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Collectors;
import nl.veer.sandbox.workload.ShopFill;
import nl.veer.sandbox.workload.ShopSchema;
import nl.veer.sandbox.workload.ShopWorkload;
import nl.veer.sandbox.workload.WorkloadConfig;

/** The sandbox's shop on both sides of a world, filled on the source, with clients that write. */
public final class LiveShop implements AutoCloseable {
  private static final long SEED = 1602;
  private final CrossingWorld world;
  private final ShopWorkload clients;

  private LiveShop(CrossingWorld world, ShopWorkload clients) {
    this.world = world;
    this.clients = clients;
  }

  /** Makes the shop; the clients write when this returns, now and then much at once. */
  public static LiveShop open(CrossingWorld world, long rows, double rate) throws SQLException {
    return open(world, rows, config(rate).withHuge(Duration.ofSeconds(5), 5_000));
  }

  /** As {@link #open}, without huge transactions. */
  public static LiveShop openCalm(CrossingWorld world, long rows, double rate) throws SQLException {
    return open(world, rows, config(rate));
  }

  /**
   * As {@link #openCalm}, without a TRUNCATE: small tables are copied together, so if one of them
   * is truncated then, none of them is complete.
   */
  public static LiveShop openWithoutTruncate(CrossingWorld world, long rows, double rate)
      throws SQLException {
    return open(world, rows, config(rate).withTruncateEvery(Duration.ZERO));
  }

  private static WorkloadConfig config(double rate) {
    return WorkloadConfig.of(SEED, rate).withTruncateEvery(Duration.ofSeconds(2));
  }

  private static LiveShop open(CrossingWorld world, long rows, WorkloadConfig config)
      throws SQLException {
    try (Connection source = world.source();
        Connection target = world.target()) {
      ShopSchema.create(source);
      ShopSchema.create(target);
      ShopFill.ofRows(SEED, rows).fill(source);
    }
    LiveShop shop = new LiveShop(world, ShopWorkload.start(config, world::source));
    shop.awaitMore(50);
    return shop;
  }

  /** Waits until the clients have committed that many more. */
  public void awaitMore(long transactions) {
    long until = clients.committed() + transactions;
    CrossingWorld.await(
        transactions + " more transactions of the shop",
        () -> clients.failure().isPresent() || clients.committed() >= until);
    assertThat(clients.failure()).isEmpty();
  }

  /** Every client ends with its transaction. */
  public void stop() {
    clients.stop();
  }

  /** The target holds exactly what the source has acknowledged to each client, each once. */
  public void assertAcknowledgedIsThere() throws SQLException {
    String expected =
        clients.acknowledged().entrySet().stream()
            .map(
                client ->
                    "%d|%d|%d|1".formatted(client.getKey(), client.getValue(), client.getValue()))
            .collect(Collectors.joining("\n"));
    assertThat(
            world.targetText(
                "SELECT client, max(sequence), count(*), min(sequence) FROM shop.commits"
                    + " GROUP BY client ORDER BY client"))
        .isEqualTo(expected);
  }

  @Override
  public void close() {
    clients.close();
  }
}
