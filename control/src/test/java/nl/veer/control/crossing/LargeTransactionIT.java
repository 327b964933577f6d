package nl.veer.control.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.sandbox.process.OwnedProcess;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One transaction far larger than the heap of those who carry it. */
class LargeTransactionIT {
  private static final Logger LOG = LoggerFactory.getLogger(LargeTransactionIT.class);
  private static final int ROWS = Integer.getInteger("veer.large.rows", 2_000_000);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir private Path directory;

  @Test
  void aTransactionOfTwoMillionRowsFitsThroughASmallHeap() throws Exception {
    try (CrossingWorld world =
        CrossingWorld.with("CREATE TABLE t (id int PRIMARY KEY, n bigint, v text)")) {
      Files.writeString(directory.resolve("veer.yaml"), config(world));
      OwnedProcess capture = start("capture");
      OwnedProcess replicator = start("replicate");
      try {
        awaitPast(world, world.wave.slot(), capture, replicator);
        long begin = System.nanoTime();
        world.onSource(
            "INSERT INTO t SELECT i, i * 3, 'row ' || i FROM generate_series(1, " + ROWS + ") i");
        long written = System.nanoTime();
        awaitPast(world, world.wave.slot(), capture, replicator);
        LOG.atInfo()
            .addKeyValue("rows", ROWS)
            .addKeyValue("sourceMillis", (written - begin) / 1_000_000)
            .addKeyValue("targetMillis", (System.nanoTime() - written) / 1_000_000)
            .addKeyValue("capturePeak", peak(capture))
            .addKeyValue("replicatorPeak", peak(replicator))
            .log("One large transaction has crossed");
        world.assertEqual();
        assertThat(world.targetText("SELECT count(*) FROM t")).isEqualTo(String.valueOf(ROWS));
      } finally {
        capture.end("TERM", Duration.ofSeconds(30));
        replicator.end("TERM", Duration.ofSeconds(30));
      }
    }
  }

  private OwnedProcess start(String role) {
    List<String> command =
        List.of(
            ProcessHandle.current().info().command().orElse("java"),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            System.getProperty("java.class.path"),
            "nl.veer.control.cli.Veer",
            role,
            "-c",
            directory.resolve("veer.yaml").toString());
    return OwnedProcess.start("veer-" + role, command, "TERM", directory.resolve(role + ".out"));
  }

  /** Waits until the stamp is behind all that the source has committed before this call. */
  private static void awaitPast(
      CrossingWorld world, String slot, OwnedProcess capture, OwnedProcess replicator)
      throws Exception {
    String made = "SELECT count(*) FROM pg_replication_slots WHERE slot_name = '" + slot + "'";
    String stamped = "SELECT count(*) FROM pg_tables WHERE schemaname = 'veer'";
    await(capture, replicator, () -> world.sourceText(made).equals("1"));
    await(capture, replicator, () -> !world.targetText(stamped).equals("0"));
    LsnPosition behind = world.mark();
    await(
        capture,
        replicator,
        () -> {
          String applied = world.targetText("SELECT coalesce(position, '0/0') FROM veer.stamp");
          return !applied.isEmpty() && LsnPosition.parse(applied).isAfter(behind);
        });
  }

  private static void await(
      OwnedProcess capture, OwnedProcess replicator, java.util.concurrent.Callable<Boolean> done) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(250))
        .until(
            () -> {
              assertThat(capture.isAlive()).as(capture::lastWords).isTrue();
              assertThat(replicator.isAlive()).as(replicator::lastWords).isTrue();
              return done.call();
            });
  }

  /** The most memory that the process ever had, heap and all else, as Linux tells it. */
  private static String peak(OwnedProcess process) throws Exception {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    return Files.exists(status)
        ? Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .map(line -> line.substring(6).strip())
            .findFirst()
            .orElse("unknown")
        : "unknown";
  }

  private String config(CrossingWorld world) throws Exception {
    Path source =
        Files.writeString(directory.resolve("s"), CrossingWorld.sandbox().source().password());
    Path target =
        Files.writeString(directory.resolve("t"), CrossingWorld.sandbox().target().password());
    return """
        migration: %s
        source: {url: "%s", user: %s, password: "${file:%s}"}
        target: {url: "%s", user: %s, password: "${file:%s}"}
        waves: [{name: %s, tables: {include: ["*"]}}]
        kafka: {bootstrap: "%s", replication-factor: 1, min-insync-replicas: 1}
        registry: {url: "%s"}
        data: %s
        tuning: {heartbeat: 500ms}
        """
        .formatted(
            world.wave.migration(),
            CrossingWorld.sandbox().source().jdbcUrl(world.wave.wave()),
            CrossingWorld.sandbox().source().user(),
            source,
            CrossingWorld.sandbox().target().jdbcUrl(world.wave.wave()),
            CrossingWorld.sandbox().target().user(),
            target,
            world.wave.wave(),
            CrossingWorld.sandbox().kafka().bootstrap(),
            CrossingWorld.sandbox().registry().url(),
            directory.resolve("data"));
  }
}
