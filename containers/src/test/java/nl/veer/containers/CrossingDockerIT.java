package nl.veer.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import nl.veer.sandbox.oracle.Oracle;
import nl.veer.sandbox.registry.SandboxRegistry;
import nl.veer.sandbox.workload.ShopFill;
import nl.veer.sandbox.workload.ShopWorkload;
import nl.veer.sandbox.workload.WorkloadConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The distribution, as it is shipped, against servers of images of these names. */
@NeedsEngine
class CrossingDockerIT {
  private static final Duration PATIENCE =
      Duration.ofSeconds(Integer.getInteger("veer.patience", 240));

  private final Path veer = Path.of("..", "control", "target", "dist", "bin", "veer");

  @TempDir private Path directory;

  @Test
  void theDistributionCarriesALiveShopBetweenContainers() throws Exception {
    try (PostgreSQLContainer source = postgres();
        PostgreSQLContainer target = postgres();
        KafkaContainer kafka = new KafkaContainer("apache/kafka:4.3.1");
        SandboxRegistry registry = SandboxRegistry.startTemporary()) {
      Startables.deepStart(source, target, kafka).join();
      try (Connection onSource = source.createConnection("");
          Connection onTarget = target.createConnection("")) {
        ShopFill.ofRows(7, 20_000).found(onSource, onTarget);
      }
      Path config = config(source, target, kafka, registry);
      Process run = start("run", "--no-dashboard", "-c", config.toString());
      try (ShopWorkload shop =
          ShopWorkload.start(WorkloadConfig.of(7, 100), () -> source.createConnection(""))) {
        await()
            .atMost(PATIENCE)
            .until(() -> run.isAlive() && status(config).contains("REPLICATING"));
        shop.stop();
        assertThat(shop.committed()).isPositive();
        await().atMost(PATIENCE).until(() -> areEqual(source, target));
      } finally {
        run.destroy();
        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(run.exitValue()).isZero();
    }
  }

  private static PostgreSQLContainer postgres() {
    return new PostgreSQLContainer("postgres:17")
        .withCommand("postgres", "-c", "wal_level=logical");
  }

  private static boolean areEqual(PostgreSQLContainer source, PostgreSQLContainer target)
      throws Exception {
    try (Connection left = source.createConnection("");
        Connection right = target.createConnection("")) {
      return Oracle.compare(left, right, List.of("shop")).equal();
    }
  }

  private Path config(
      PostgreSQLContainer source,
      PostgreSQLContainer target,
      KafkaContainer kafka,
      SandboxRegistry registry)
      throws Exception {
    Files.writeString(directory.resolve("password"), source.getPassword());
    return Files.writeString(
        directory.resolve("veer.yaml"),
        """
        migration: shop
        source: {url: "%s", user: %s, password: "${file:password}", tls: disable}
        target: {url: "%s", user: %s, password: "${file:password}", tls: disable}
        kafka: {bootstrap: "%s", replication-factor: 1, min-insync-replicas: 1}
        registry: {url: "%s"}
        waves: [{name: main, tables: {include: ["shop.*"]}}]
        """
            .formatted(
                source.getJdbcUrl(),
                source.getUsername(),
                target.getJdbcUrl(),
                target.getUsername(),
                kafka.getBootstrapServers(),
                registry.url()));
  }

  private String status(Path config) {
    return Program.here()
        .run(List.of(veer.toString(), "status", "--json", "-c", config.toString()))
        .out();
  }

  private Process start(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(veer.toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(Path.of("target", "crossing.log").toFile())
        .start();
  }
}
