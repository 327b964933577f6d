package nl.veer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A measurement that somebody ends by Ctrl-C. */
class BenchEndIT {
  private static final Duration PATIENCE =
      Duration.ofSeconds(Integer.getInteger("veer.patience", 240));

  @TempDir private Path directory;

  @Test
  void leavesNothingWhenItIsEndedAmidATurn() throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    Path words = directory.resolve("words");
    Process bench = begin(temporary, words);
    try {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(words).content().contains("round 1 of");
                assertThat(ofVeer(temporary)).anyMatch(name -> name.startsWith("veer-bench"));
              });

      bench.destroy();

      assertThat(bench.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(ofVeer(temporary)).as(Files.readString(words)).isEmpty();
    } finally {
      bench.destroyForcibly();
    }
  }

  private static Process begin(Path temporary, Path words) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            System.getProperty("java.class.path"),
            Bench.class.getName(),
            "--suite=pipeline",
            "--only=narrow",
            "--against=sql",
            "--rows=20000",
            "--rounds=1000")
        .redirectErrorStream(true)
        .redirectOutput(words.toFile())
        .redirectInput(new File("/dev/null"))
        .start();
  }

  /** But for the servers' programs, which are unpacked once and kept. */
  private static List<String> ofVeer(Path temporary) throws IOException {
    try (Stream<Path> all = Files.list(temporary)) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("veer-") && !name.startsWith("veer-sandbox-"))
          .toList();
    }
  }
}
