package nl.veer.control.crossing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import nl.veer.sandbox.process.OwnedProcess;

/**
 * A command as users run it, {@code veer cutover} for example, in a JVM of its own, which does not
 * outlive this one. Owned by the test's thread.
 */
public final class CommandProcess {
  private static final String MAIN = "nl.veer.control.cli.Veer";
  private static final Duration KILLED_WITHIN = Duration.ofSeconds(30);

  private final String words;
  private final OwnedProcess process;
  private final Path output;

  private CommandProcess(String words, OwnedProcess process, Path output) {
    this.words = words;
    this.process = process;
    this.output = output;
  }

  static CommandProcess start(Path home, int number, List<String> words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
    command.addAll(words);
    command.addAll(List.of("-c", home.resolve("veer.yaml").toString()));
    Path output = home.resolve("%s-%d.out".formatted(words.get(0), number));
    OwnedProcess process =
        OwnedProcess.start("veer-" + words.get(0), command, Map.of(), "KILL", output);
    return new CommandProcess("veer " + String.join(" ", words), process, output);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it as a power cut would; returns when it is gone. */
  public void kill9() {
    process.end("KILL", KILLED_WITHIN);
  }

  /** Waits for its end; its exit code. */
  public int awaitExit() throws InterruptedException {
    OptionalInt code = process.awaitExit(CrossingWorld.PATIENCE.multipliedBy(3));
    return code.orElseThrow(() -> new AssertionError(this + " still runs\n" + output()));
  }

  /** All that it printed, errors too. */
  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As somebody would write it. */
  @Override
  public String toString() {
    return words;
  }
}
