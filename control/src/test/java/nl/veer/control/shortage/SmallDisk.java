package nl.veer.control.shortage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A file system in memory that is small enough to be filled. Needs the right to mount. A shell
 * beside this JVM holds it and unmounts it when this JVM is done with it, or gone in any way.
 */
final class SmallDisk implements AutoCloseable {
  private static final int BLOCK = 4096;

  /** Lazily: a server that is still ending may have files open. */
  private static final String HOLDER =
      """
      trap '' INT TERM HUP
      if mount -t tmpfs -o "size=$2m" veer-test "$1" 2>&1; then
        echo mounted
        cat >/dev/null
        umount -l "$1"
      fi
      """;

  private final Path path;
  private final Path filler;
  private final Process holder;

  private SmallDisk(Path path, Process holder) {
    this.path = path;
    this.filler = path.resolve("filler");
    this.holder = holder;
  }

  /** Skips the test where nothing may be mounted. */
  static SmallDisk mounted(Path path, int mebibytes) throws IOException {
    Files.createDirectories(path);
    Process holder =
        new ProcessBuilder("/bin/sh", "-c", HOLDER, "disk", path.toString(), "" + mebibytes)
            .start();
    BufferedReader said = holder.inputReader(StandardCharsets.UTF_8);
    String answer = Objects.requireNonNullElse(said.readLine(), "nothing said");
    if (!answer.equals("mounted")) {
      String skipped = "Skipped: a full disk needs a mount of its own, refused here: " + answer;
      System.out.println(skipped);
      assumeThat(answer).as(skipped).isEqualTo("mounted");
    }
    return new SmallDisk(path, holder);
  }

  Path path() {
    return path;
  }

  /** Takes all the room that is left. */
  void fill() throws IOException {
    byte[] block = new byte[BLOCK];
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (path.toFile().getUsableSpace() >= BLOCK) {
        out.write(block);
      }
    }
  }

  /** Gives back what {@link #fill} took. */
  void giveRoom() throws IOException {
    Files.delete(filler);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    holder.getOutputStream().close();
    assertThat(holder.waitFor(30, TimeUnit.SECONDS)).as("the disk is unmounted").isTrue();
  }
}
