package nl.veer.benchmarks.connect;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import nl.veer.sandbox.process.FreePorts;
import nl.veer.sandbox.process.OwnedProcess;
import nl.veer.sandbox.process.Pause;
import nl.veer.sandbox.process.ServerDirectory;

/**
 * A Kafka Connect worker as a child process of its own class path, which never outlives this JVM.
 * It is standalone: it runs connectors as a distributed one does, but keeps offsets in a file and
 * starts sooner.
 *
 * <p>A connector's offsets outlive its deletion, until the worker ends; a sink's are in the broker,
 * in the group {@code connect-NAME}. Who wants to begin anew takes another name.
 *
 * <p>Safe for use by several threads.
 */
public final class ConnectWorker implements AutoCloseable {
  private static final Duration START_PATIENCE = Duration.ofSeconds(120);
  private static final Duration RUN_PATIENCE = Duration.ofSeconds(120);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
  private static final Duration LOOK = Duration.ofMillis(50);

  private final ServerDirectory directory;
  private final OwnedProcess process;
  private final ConnectRest rest;

  private ConnectWorker(ServerDirectory directory, OwnedProcess process, ConnectRest rest) {
    this.directory = directory;
    this.process = process;
    this.rest = rest;
  }

  /**
   * Starts a worker; returns when it takes connectors.
   *
   * @param classPath the directory of its jars, see {@link WorkerClassPath}
   * @param registryUrl of Confluent's REST API
   */
  public static ConnectWorker start(Path classPath, String bootstrap, String registryUrl) {
    ServerDirectory directory = ServerDirectory.temporary("connect");
    try {
      WorkerFiles files = new WorkerFiles(directory);
      int port = FreePorts.any();
      OwnedProcess process =
          OwnedProcess.start(
              "Kafka Connect",
              files.command(classPath, bootstrap, registryUrl, port),
              "KILL",
              files.log());
      ConnectWorker worker = new ConnectWorker(directory, process, new ConnectRest(port));
      worker.awaitStart();
      return worker;
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private void awaitStart() {
    try {
      await(rest::answers, START_PATIENCE, "The worker does not answer");
    } catch (ConnectFailure e) {
      process.end("KILL", STOP_PATIENCE);
      throw e;
    }
  }

  /**
   * Creates a connector, or gives it another configuration; returns when it and its task run.
   *
   * @throws ConnectFailure if it fails, with its trace
   */
  public void put(String name, Map<String, String> config) {
    rest.put(name, config);
    await(() -> isRunning(name), RUN_PATIENCE, "The connector " + name + " does not run");
  }

  /** Ends a connector and its task. */
  public void delete(String name) {
    rest.delete(name);
  }

  /**
   * Whether a connector and its task run.
   *
   * @throws ConnectFailure if one has failed, with its trace
   */
  public boolean isRunning(String name) {
    ConnectorStatus status = rest.status(name);
    if (!status.traces().isEmpty()) {
      throw new ConnectFailure(
          "The connector " + name + " failed: " + String.join("\n", status.traces()));
    }
    return status.running();
  }

  /** The process that both connectors run in. */
  public long pid() {
    return process.pid();
  }

  /** What the worker printed last: warnings and errors. */
  public String lastWords() {
    return process.lastWords();
  }

  private void await(BooleanSupplier condition, Duration patience, String complaint) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new ConnectFailure(complaint + ":\n" + process.lastWords());
      }
      Pause.of(LOOK);
    }
  }

  @Override
  public void close() {
    process.end("TERM", STOP_PATIENCE);
    directory.close();
  }
}
