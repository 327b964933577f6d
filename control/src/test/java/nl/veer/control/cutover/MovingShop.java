package nl.veer.control.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.sandbox.workload.ShopAddress;
import nl.veer.sandbox.workload.ShopFill;
import nl.veer.sandbox.workload.ShopSchema;
import nl.veer.sandbox.workload.ShopWorkload;
import nl.veer.sandbox.workload.WorkloadConfig;

/**
 * The shop with clients that write where an address says, as a proxy or a DNS name does, and try
 * again when they are refused. They keep their own list of what was acknowledged.
 */
final class MovingShop implements AutoCloseable {
  private static final long SEED = 1602;

  private final CrossingWorld world;
  private final ShopWorkload clients;

  private MovingShop(CrossingWorld world, ShopWorkload clients) {
    this.world = world;
    this.clients = clients;
  }

  /** Makes the shop on both sides, with rows on the source. */
  static void make(CrossingWorld world, long rows) throws SQLException {
    try (Connection source = world.source();
        Connection target = world.target()) {
      ShopSchema.create(source);
      ShopSchema.create(target);
      ShopFill.ofRows(SEED, rows).fill(source);
    }
  }

  /** The clients write when this returns, to the source until the address says another side. */
  static MovingShop open(CrossingWorld world, Path address, double rate) throws SQLException {
    MovingShop shop =
        new MovingShop(
            world,
            ShopWorkload.start(
                WorkloadConfig.of(SEED, rate).withTruncateEvery(Duration.ofSeconds(2)),
                address(world, address)));
    shop.awaitMore(50);
    return shop;
  }

  /** What leads the clients; its program moves them. */
  static ShopAddress address(CrossingWorld world, Path file) {
    return new ShopAddress(file, world::source, world::target);
  }

  /** Waits until the clients have committed that many more. */
  void awaitMore(long transactions) {
    long until = clients.committed() + transactions;
    CrossingWorld.await(
        transactions + " more transactions of the shop",
        () -> clients.failure().isPresent() || clients.committed() >= until);
    assertThat(clients.failure()).isEmpty();
  }

  long refusals() {
    return clients.refusals();
  }

  /** Every client ends with its transaction. */
  void stop() {
    clients.stop();
  }

  /** Both sides hold exactly what was acknowledged to each client, each once. */
  void assertAcknowledgedIsOnBothSides() throws SQLException {
    Map<Integer, Long> acknowledged = clients.acknowledged();
    String expected =
        acknowledged.entrySet().stream()
            .map(
                client ->
                    "%d|%d|%d|1".formatted(client.getKey(), client.getValue(), client.getValue()))
            .collect(Collectors.joining("\n"));
    String query =
        "SELECT client, max(sequence), count(*), min(sequence) FROM shop.commits"
            + " GROUP BY client ORDER BY client";
    assertThat(world.sourceText(query)).as("the source").isEqualTo(expected);
    assertThat(world.targetText(query)).as("the target").isEqualTo(expected);
  }

  @Override
  public void close() {
    clients.close();
  }
}
