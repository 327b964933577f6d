package nl.veer.control.wave;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.sandbox.process.PrivateFiles;

/**
 * Says which process has a role: {@code run.pid} in the data directory. It holds the process id and
 * the process's start, so that an id that the system gave to somebody else is never taken for ours.
 */
public final class ProcessFile implements AutoCloseable {
  private final Path file;

  private ProcessFile(Path file) {
    this.file = file;
  }

  /**
   * A running process with a role.
   *
   * @param bootstrap where its Kafka is
   * @param registry where its registry is
   */
  public record Running(Role role, ProcessHandle process, String bootstrap, String registry) {}

  /**
   * Takes the role for this process, until closed.
   *
   * @throws Failure CONFLICT if a running process has it, or one that excludes it
   */
  public static ProcessFile claim(Path data, Role role) {
    for (Role other : role.excluded()) {
      running(data, other)
          .ifPresent(
              running -> {
                throw new Failure(
                    FailureKind.CONFLICT,
                    "RUNNING",
                    "Process %d already does `veer %s` with %s. End it with: veer stop"
                        .formatted(running.process().pid(), other.word(), data));
              });
    }
    Path file = path(data, role);
    try {
      PrivateFiles.directories(data);
      Files.deleteIfExists(file);
      PrivateFiles.create(file);
    } catch (FileAlreadyExistsException e) {
      throw new Failure(
          FailureKind.CONFLICT, "RUNNING", "Another process has just taken " + file + ".", e);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
    ProcessFile claimed = new ProcessFile(file);
    claimed.publish("", "");
    return claimed;
  }

  /** Tells other processes where this one's log is. */
  public void publish(String bootstrap, String registry) {
    ProcessHandle self = ProcessHandle.current();
    Properties content = new Properties();
    content.setProperty("pid", Long.toString(self.pid()));
    content.setProperty("start", startMillis(self));
    content.setProperty("bootstrap", bootstrap);
    content.setProperty("registry", registry);
    StringWriter text = new StringWriter();
    try {
      content.store(text, "A running veer process; made and removed by it.");
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      PrivateFiles.write(fresh, text.toString());
      Files.move(fresh, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /** The process that has the role, if it still runs. */
  public static Optional<Running> running(Path data, Role role) {
    Properties content = new Properties();
    try {
      content.load(new StringReader(Files.readString(path(data, role), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      return Optional.empty();
    }
    String pid = content.getProperty("pid", "");
    String start = content.getProperty("start", "");
    if (!pid.matches("\\d{1,18}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(pid))
        .filter(ProcessHandle::isAlive)
        .filter(process -> startMillis(process).equals(start))
        .map(
            process ->
                new Running(
                    role,
                    process,
                    content.getProperty("bootstrap", ""),
                    content.getProperty("registry", "")));
  }

  private static String startMillis(ProcessHandle process) {
    return process.info().startInstant().map(start -> "" + start.toEpochMilli()).orElse("unknown");
  }

  private static Path path(Path data, Role role) {
    return data.resolve(role.word() + ".pid");
  }

  private static Failure unwritable(Path file, IOException e) {
    return new Failure(
        FailureKind.CONFIGURATION,
        "DATA_DIRECTORY",
        "Cannot write %s: %s. Check `data` in the configuration.".formatted(file, e.getMessage()),
        e);
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }
}
