package nl.veer.sandbox.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A child process that never outlives this JVM. Its process id is the server's own. A watcher
 * beside it holds the other end of a pipe: when this JVM ends in any way, {@code kill -9} included,
 * the pipe closes and the watcher sends the end signal. The watcher is no child of the server (it
 * is forked twice), because PostgreSQL takes an unknown child's end for a crash.
 *
 * <p>Where the system has {@code setsid}, the server is in a session of its own, so that Ctrl-C in
 * a terminal reaches this JVM only, which then ends everything in its order.
 */
public final class OwnedProcess {
  private static final String LEASH =
      """
      exec 3<&0
      signal=$1
      shift
      umask 077
      ( ( cat <&3; kill -s "$signal" $$ ) >/dev/null 2>&1 & )
      exec "$@" 3<&- </dev/null
      """;
  private static final int TAIL_LINES = 12;

  private static final Duration PAUSED_WITHIN = Duration.ofSeconds(60);

  private static final Duration LOOK = Duration.ofMillis(1);

  /**
   * Of the surroundings a server gets what any program needs. The rest may bend it (PGDATA,
   * QUARKUS_HTTP_PORT), or is a secret that is none of its business.
   */
  private static final Set<String> PASSED_ON =
      Set.of(
          "PATH", "HOME", "USER", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "LD_LIBRARY_PATH");

  private final String name;
  private final Process process;
  private final Path log;

  private OwnedProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a server.
   *
   * @param endSignal what the watcher sends when this JVM is gone: INT, TERM
   * @param log gets the server's output, appended
   */
  public static OwnedProcess start(String name, List<String> command, String endSignal, Path log) {
    return start(name, command, Map.of(), endSignal, log);
  }

  /**
   * Starts a process with variables of its own beside those of this JVM.
   *
   * @param endSignal what the watcher sends when this JVM is gone: INT, TERM, KILL
   * @param log gets the process's output, appended
   */
  public static OwnedProcess start(
      String name,
      List<String> command,
      Map<String, String> environment,
      String endSignal,
      Path log) {
    List<String> leashed = new ArrayList<>();
    if (Programs.has("setsid")) {
      leashed.add("setsid");
    }
    leashed.addAll(List.of("/bin/sh", "-c", LEASH, "veer-" + name, endSignal));
    leashed.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(leashed)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .directory(directoryOf(log));
    builder.environment().keySet().retainAll(PASSED_ON);
    builder.environment().putAll(environment);
    try {
      PrivateFiles.touch(log);
      return new OwnedProcess(name, builder.start(), log);
    } catch (IOException e) {
      throw new SandboxFailure(StartupFailures.explain(name, e.toString(), log), e);
    }
  }

  private static File directoryOf(Path log) {
    return log.toAbsolutePath().resolveSibling(".").normalize().toFile();
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Sends a signal, by its name without SIG. */
  public void signal(String signal) {
    if (process.isAlive()) {
      Programs.signal(process.pid(), signal);
    }
  }

  /**
   * Makes it stand still where it is; its connections stay open. Returns when none of its threads
   * does anything any more: a signal alone is sent, not obeyed.
   *
   * @throws SandboxFailure if it goes on
   */
  public void pause() {
    signal("STOP");
    long deadline = System.nanoTime() + PAUSED_WITHIN.toNanos();
    while (process.isAlive() && !ProcessThreads.areStopped(process.pid())) {
      if (System.nanoTime() > deadline) {
        throw new SandboxFailure(name + " does not stand still: " + PAUSED_WITHIN + " is over");
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  /** It goes on where it stood, and does not know that time has passed. */
  public void goOn() {
    signal("CONT");
  }

  /**
   * Waits for the end, but no longer than the given time: the exit code, which for a signal is 128
   * and its number; empty while the process runs.
   */
  public OptionalInt awaitExit(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)
        ? OptionalInt.of(process.exitValue())
        : OptionalInt.empty();
  }

  /** Sends a signal and waits for the end; after the given time the process is killed. */
  public void end(String signal, Duration patience) {
    signal(signal);
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        Programs.signal(process.pid(), "KILL");
        process.waitFor();
      }
    } catch (InterruptedException e) {
      Programs.signal(process.pid(), "KILL");
      Thread.currentThread().interrupt();
    }
  }

  /** Why the server is not there: to be thrown when it ended, or was not ready in time. */
  public SandboxFailure failedToStart() {
    String state =
        process.isAlive() ? "is not ready in time" : "ended with exit code " + process.exitValue();
    return new SandboxFailure(StartupFailures.explain(name, state + "\n" + lastWords(), log));
  }

  /** The end of the server's log. */
  public String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(its log cannot be read: " + e + ")";
    }
  }
}
