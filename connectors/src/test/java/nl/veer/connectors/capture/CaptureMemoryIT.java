package nl.veer.connectors.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import nl.veer.connectors.event.LogEvent;
import nl.veer.connectors.event.RowInserted;
import nl.veer.connectors.event.TransactionEnd;
import nl.veer.connectors.log.KafkaLogReader;
import nl.veer.connectors.log.LoggedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A transaction that is far larger than the heap streams through. */
class CaptureMemoryIT {
  /** As records, several times the heap; more with -Dsoak. */
  private static final int ROWS = System.getProperty("soak") == null ? 1_000_000 : 5_000_000;

  @TempDir Path directory;

  @Test
  void capturesATransactionOfAMillionRowsWithAHeapOf256Megabytes() throws Exception {
    CaptureWorld world = CaptureWorld.shared();
    CaptureWorld.Source source =
        world.source(
            "CREATE TABLE t (id int PRIMARY KEY, name text, amount numeric, at timestamptz)");
    source.capture("t").prepare();
    Process process = start(world, source);
    try {
      source.sql(
          "INSERT INTO t SELECT g, 'name ' || g, g * 1.01, now() FROM generate_series(1, %d) g"
              .formatted(ROWS));
      long begun = System.nanoTime();
      assertThat(countedRows(source, process)).isEqualTo(ROWS);
      double seconds = (System.nanoTime() - begun) / 1e9;
      System.out.printf("MEASURED capture into Kafka: %.0f rows/s%n", ROWS / seconds);
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private Process start(CaptureWorld world, CaptureWorld.Source source) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                CaptureProcess.class.getName(),
                world.postgres.jdbcUrl(source.database),
                world.postgres.user(),
                world.kafka.bootstrap(),
                world.registry.url(),
                source.wave.wave(),
                "t"));
    builder.environment().put("PASSWORD", world.postgres.password());
    builder.redirectErrorStream(true).redirectOutput(directory.resolve("capture.log").toFile());
    return builder.start();
  }

  private static long countedRows(CaptureWorld.Source source, Process process) {
    long deadline = System.nanoTime() + Duration.ofMinutes(4).toNanos();
    long rows = 0;
    try (KafkaLogReader reader = source.reader()) {
      while (System.nanoTime() < deadline && process.isAlive()) {
        for (LoggedEvent logged : reader.poll(Duration.ofMillis(200))) {
          LogEvent event = logged.event();
          rows += event instanceof RowInserted ? 1 : 0;
          if (event instanceof TransactionEnd end && end.eventCount() > 1) {
            return rows;
          }
        }
      }
    }
    throw new AssertionError("Only " + rows + " rows; the capture is alive: " + process.isAlive());
  }
}
