package nl.veer.sandbox.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import nl.veer.sandbox.process.FreePorts;
import nl.veer.sandbox.process.SandboxFailure;
import nl.veer.sandbox.process.ServerDirectory;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka broker (KRaft, broker and controller in one) in this JVM, on 127.0.0.1. In a kept
 * directory its topics and its ports survive.
 *
 * <p>Safe for use by several threads; restart and close exclude each other.
 */
public final class SandboxKafka implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SandboxKafka.class);

  static {
    // A broker whose disk fails halts its process. This process is not the broker's alone.
    Exit.setHaltProcedure(SandboxKafka::reportFatal);
    Exit.setExitProcedure(SandboxKafka::reportFatal);
  }

  private final ServerDirectory directory;
  private final int port;
  private final int controllerPort;
  private KafkaRaftServer server;

  private SandboxKafka(ServerDirectory directory) {
    this.directory = directory;
    this.port = FreePorts.remembered(directory.resolve("port"));
    this.controllerPort = FreePorts.remembered(directory.resolve("controller-port"));
    format();
    this.server = launched();
  }

  /** Starts a broker in a directory that is kept; what it already holds is used. */
  public static SandboxKafka start(Path directory) {
    return started(ServerDirectory.kept(directory));
  }

  /** Starts a broker whose directory is deleted on close. */
  public static SandboxKafka startTemporary() {
    return started(ServerDirectory.temporary("kafka"));
  }

  private static SandboxKafka started(ServerDirectory directory) {
    try {
      return new SandboxKafka(directory);
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

  /** Stops and starts again, on the same ports and data. */
  public synchronized void restart() {
    stop();
    server = launched();
  }

  private void stop() {
    server.shutdown();
    server.awaitShutdown();
  }

  private Path data() {
    return directory.resolve("data");
  }

  private void format() {
    try {
      Files.createDirectories(data());
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setNodeId(1)
          .setClusterId(clusterId())
          .addDirectory(data().toString())
          .setMetadataLogDirectory(data().toString())
          .setControllerListenerName("CONTROLLER")
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setIgnoreFormatted(true)
          .run();
    } catch (Exception e) {
      throw new SandboxFailure(
          "Kafka cannot use " + data() + ": " + e + "; is the disk full, or a permission missing?",
          e);
    }
  }

  /**
   * Written before the data is formatted, so that a torn format is repeated as the same cluster.
   */
  private String clusterId() throws IOException {
    Path file = directory.resolve("cluster-id");
    if (!Files.exists(file)) {
      Files.writeString(file, Uuid.randomUuid() + "\n");
    }
    return Files.readString(file).strip();
  }

  private KafkaRaftServer launched() {
    long begin = System.nanoTime();
    Properties settings = KafkaSettings.of(data(), port, controllerPort);
    try {
      KafkaRaftServer started =
          new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
      started.startup();
      LOG.atDebug()
          .addKeyValue("port", port)
          .addKeyValue("millis", (System.nanoTime() - begin) / 1_000_000)
          .log("Kafka is ready");
      return started;
    } catch (RuntimeException e) {
      throw new SandboxFailure("Kafka cannot start in " + data() + ": " + e, e);
    }
  }

  private static void reportFatal(int status, String message) {
    LOG.atError()
        .addKeyValue("status", status)
        .log("The embedded broker broke and is of no more use: {}", message);
    throw new SandboxFailure("The embedded broker broke: " + message);
  }

  @Override
  public synchronized void close() {
    stop();
    directory.close();
  }
}
