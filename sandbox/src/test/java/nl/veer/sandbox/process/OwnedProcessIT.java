package nl.veer.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnedProcessIT {
  @TempDir Path directory;

  /** The parent in {@link #endsWhenItsParentIsKilled}. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] arguments) throws Exception {
      Path directory = Path.of(arguments[0]);
      OwnedProcess child =
          OwnedProcess.start("child", List.of("sleep", "600"), "TERM", directory.resolve("log"));
      Path written = Files.writeString(directory.resolve("written"), child.pid() + "");
      Files.move(written, directory.resolve("pid"));
      Thread.currentThread().join();
    }
  }

  @Test
  void endsWhenItsParentIsKilled() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName(),
                directory.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Path file = directory.resolve("pid");
    await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(file));
    long child = Long.parseLong(Files.readString(file));
    assertThat(ProcessHandle.of(child)).isPresent();

    parent.destroyForcibly().waitFor();

    await().atMost(Duration.ofSeconds(10)).until(() -> !Programs.isRunning(child, "sleep"));
  }

  @Test
  void isNotEndedByAnotherProcessThatOnlyHasItsNumber() throws Exception {
    OwnedProcess child =
        OwnedProcess.start("child", List.of("sleep", "600"), "TERM", directory.resolve("log"));
    Path pidFile = Files.writeString(directory.resolve("pid"), child.pid() + "\n");

    StaleProcess.end(pidFile, "/somewhere/else", "TERM");
    assertThat(child.isAlive()).isTrue();

    StaleProcess.end(pidFile, "sleep 600", "TERM");
    await().atMost(Duration.ofSeconds(10)).until(() -> !child.isAlive());
  }

  /** Its threads write without end; a line that comes after the pause shows that one went on. */
  static final class Writers {
    private Writers() {}

    public static void main(String[] arguments) throws Exception {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Path file = Path.of(arguments[0]).resolve("writer" + i);
        Thread thread = new Thread(() -> write(file));
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }

    private static void write(Path file) {
      try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
        for (long i = 0; i < Long.MAX_VALUE; i++) {
          open.seek(0);
          open.writeLong(i);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void standsStillWithAllItsThreadsWhilePausedAndGoesOnAfterwards() throws Exception {
    OwnedProcess child =
        OwnedProcess.start(
            "writers",
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx16m",
                "-cp",
                System.getProperty("java.class.path"),
                Writers.class.getName(),
                directory.toString()),
            "KILL",
            directory.resolve("log"));
    try {
      await().atMost(Duration.ofSeconds(60)).until(() -> counts().size() == 8);
      for (int i = 0; i < 20; i++) {
        child.pause();
        List<Long> paused = counts();
        assertThat(counts()).isEqualTo(paused);
        child.goOn();
        await().atMost(Duration.ofSeconds(60)).until(() -> !counts().equals(paused));
      }
    } finally {
      child.end("KILL", Duration.ofSeconds(30));
    }
  }

  private List<Long> counts() throws IOException {
    List<Long> counts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Path file = directory.resolve("writer" + i);
      if (Files.exists(file) && Files.size(file) == Long.BYTES) {
        counts.add(ByteBuffer.wrap(Files.readAllBytes(file)).getLong());
      }
    }
    return counts;
  }
}
