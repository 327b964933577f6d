package nl.veer.sandbox.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import nl.veer.sandbox.process.OwnedProcess;
import nl.veer.sandbox.process.Pause;
import nl.veer.sandbox.process.SandboxFailure;
import nl.veer.sandbox.process.ServerDirectory;

/**
 * The broker of {@link SandboxKafka} in a JVM of its own, which never outlives this one. It can be
 * killed, and when its disk fails it halts, as a real one does.
 *
 * <p>Safe for use by several threads; stop and resume exclude each other.
 */
public final class KafkaProcess implements AutoCloseable {
  private static final Duration START_PATIENCE = Duration.ofSeconds(90);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final String LOGGING = "logback.configurationFile";

  /** It is there in a moment, and in nobody's way. */
  private static final List<String> SMALL =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final ServerDirectory directory;
  private final List<String> options;
  private final int port;
  private OwnedProcess process;

  private KafkaProcess(ServerDirectory directory, List<String> options) {
    this.directory = directory;
    this.options = List.copyOf(options);
    this.process = launched();
    this.port = portOfBroker();
  }

  /** Starts a broker in a directory that is kept; what it already holds is used. */
  public static KafkaProcess start(Path directory) {
    return started(ServerDirectory.kept(directory), SMALL);
  }

  /** Starts a broker whose directory is deleted on close. */
  public static KafkaProcess startTemporary() {
    return startTemporary(SMALL);
  }

  /**
   * Starts a broker whose directory is deleted on close.
   *
   * @param options of its JVM
   */
  public static KafkaProcess startTemporary(List<String> options) {
    return started(ServerDirectory.temporary("kafka"), options);
  }

  private static KafkaProcess started(ServerDirectory directory, List<String> options) {
    try {
      return new KafkaProcess(directory, options);
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /** The bootstrap address. */
  public String bootstrap() {
    return "127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  public synchronized long pid() {
    return process.pid();
  }

  public synchronized boolean isRunning() {
    return process.isAlive();
  }

  /** What the broker prints. */
  public Path log() {
    return directory.resolve("server.log");
  }

  /**
   * Ends the broker, with {@code kill -9} if asked to; its data stays, until close. What it had
   * told its clients to be written is in the system's hands, and so survives its own end.
   */
  public synchronized void stop(boolean kill) {
    process.end(kill ? "KILL" : "TERM", STOP_PATIENCE);
  }

  /** Starts the ended broker again, on the same port and data; returns when it is ready. */
  public synchronized void resume() {
    if (!process.isAlive()) {
      process = launched();
      if (portOfBroker() != port) {
        throw new SandboxFailure("Port " + port + " was taken while the broker was away");
      }
    }
  }

  private Path broker() {
    return directory.resolve("broker");
  }

  private int portOfBroker() {
    try {
      return Integer.parseInt(Files.readString(broker().resolve("port")).strip());
    } catch (IOException | NumberFormatException e) {
      throw new SandboxFailure("The broker did not say its port in " + broker() + ": " + e, e);
    }
  }

  private OwnedProcess launched() {
    Path ready = directory.resolve("ready");
    try {
      Files.deleteIfExists(ready);
    } catch (IOException e) {
      throw new SandboxFailure("Cannot write to " + directory.path() + ": " + e, e);
    }
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    OwnedProcess server = OwnedProcess.start("Kafka", command(ready), "KILL", log());
    while (!Files.exists(ready)) {
      if (!server.isAlive() || System.nanoTime() > deadline) {
        server.end("KILL", STOP_PATIENCE);
        throw server.failedToStart();
      }
      Pause.of(LOOK);
    }
    return server;
  }

  private List<String> command(Path ready) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    String logging = System.getProperty(LOGGING);
    if (logging != null) {
      command.add("-D" + LOGGING + "=" + logging);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(KafkaProcessMain.class.getName());
    command.addAll(List.of(broker().toString(), ready.toString()));
    return command;
  }

  @Override
  public synchronized void close() {
    process.end("KILL", STOP_PATIENCE);
    directory.close();
  }
}
