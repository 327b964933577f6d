package nl.veer.control.crossing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import nl.veer.control.wave.Role;
import nl.veer.sandbox.process.OwnedProcess;

/**
 * A role as users run it: {@code veer capture}, {@code veer replicate} or {@code veer run} in a JVM
 * of its own. It does not outlive this JVM, however this one ends. How far it is, is seen from
 * outside; see {@link Shore}. Owned by the test's thread.
 */
public final class RoleProcess {
  private static final String MAIN = "nl.veer.control.cli.Veer";

  /** The shell becomes the process, so its id is the role's. */
  private static final String UNDER_UMASK = "umask $0; exec \"$@\"";

  private static final Duration KILLED_WITHIN = Duration.ofSeconds(30);

  private final Role role;
  private final OwnedProcess process;
  private final Path output;

  private RoleProcess(Role role, OwnedProcess process, Path output) {
    this.role = role;
    this.process = process;
    this.output = output;
  }

  static RoleProcess start(Path home, RoleLaunch launch, int number) {
    String word = launch.role().word();
    List<String> command = new ArrayList<>();
    command.addAll(List.of("/bin/sh", "-c", UNDER_UMASK, launch.umask()));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx" + launch.heap(), "-XX:+UseSerialGC"));
    command.addAll(launch.jvmArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN, word));
    command.addAll(List.of("-c", home.resolve("veer.yaml").toString()));
    command.addAll(launch.arguments());
    Path output = home.resolve("%s-%d.out".formatted(word, number));
    OwnedProcess process =
        OwnedProcess.start("veer-" + word, command, launch.environment(), "KILL", output);
    return new RoleProcess(launch.role(), process, output);
  }

  public Role role() {
    return role;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it as a power cut would; returns when it is gone. */
  public void kill9() {
    process.end("KILL", KILLED_WITHIN);
  }

  /** SIGSTOP: it stands still when this returns, its connections stay open. */
  public void stopSignal() {
    process.pause();
  }

  /** SIGCONT: it goes on where it stood and does not know that time has passed. */
  public void continueSignal() {
    process.goOn();
  }

  /**
   * Ends it as {@code kill} does; its exit code. (Ctrl-C does the same, but a shell lets what it
   * starts in the background ignore that.)
   */
  public int end() throws InterruptedException {
    process.signal("TERM");
    return awaitExit();
  }

  /** Waits for its end; its exit code. */
  public int awaitExit() throws InterruptedException {
    OptionalInt code = process.awaitExit(CrossingWorld.PATIENCE);
    return code.orElseThrow(
        () -> new AssertionError("veer " + role.word() + " still runs\n" + process.lastWords()));
  }

  /** All that it printed, errors too. */
  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file that holds all that it prints. */
  public Path outputFile() {
    return output;
  }
}
