package nl.veer.sandbox.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import nl.veer.sandbox.process.FreePorts;
import nl.veer.sandbox.process.PrivateFiles;
import nl.veer.sandbox.process.SandboxFailure;
import nl.veer.sandbox.process.ServerDirectory;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;
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

  /** Kafka ends "the process", not a server: so it is each server's of this JVM that runs then. */
  private static final AtomicInteger BREAKS = new AtomicInteger();

  private static volatile String lastWords = "";

  private final ServerDirectory directory;
  private final int port;
  private final int controllerPort;

  /** Where it listens too, and what it advertises there. */
  private final Map<Integer, Integer> linked;

  private final @Nullable KafkaSecurity security;
  private final int mutualPort;
  private final int insidePort;
  private KafkaRaftServer server;
  private int breaksBefore;

  private SandboxKafka(
      ServerDirectory directory, Map<Integer, Integer> linked, @Nullable KafkaSecurity security) {
    this.directory = directory;
    this.linked = linked;
    this.security = security;
    this.mutualPort = security == null ? 0 : FreePorts.any();
    this.insidePort = security == null ? 0 : FreePorts.any();
    this.port = FreePorts.remembered(directory.resolve("port"));
    this.controllerPort = FreePorts.remembered(directory.resolve("controller-port"));
    format();
    this.server = launched();
  }

  /** Starts a broker in a directory that is kept; what it already holds is used. */
  public static SandboxKafka start(Path directory) {
    return started(ServerDirectory.kept(directory), Map.of(), null);
  }

  /** Starts a broker whose directory is deleted on close. */
  public static SandboxKafka startTemporary() {
    return startTemporary(List.of());
  }

  /**
   * Starts a broker whose directory is deleted on close, and which can also be reached through
   * others: for each of these ports it listens at another one, {@link #behind}, and tells clients
   * that come there that this port is its own. So they stay on that way, whatever stands in it.
   *
   * @param advertised ports on 127.0.0.1, of a link for example
   */
  public static SandboxKafka startTemporary(List<Integer> advertised) {
    Map<Integer, Integer> linked = new LinkedHashMap<>();
    advertised.forEach(port -> linked.put(FreePorts.any(), port));
    return started(ServerDirectory.temporary("kafka"), linked, null);
  }

  /** Starts a broker that lets only those in whom it knows, over TLS. */
  public static SandboxKafka startTemporary(KafkaSecurity security) {
    return started(ServerDirectory.temporary("kafka"), Map.of(), security);
  }

  private static SandboxKafka started(
      ServerDirectory directory, Map<Integer, Integer> linked, @Nullable KafkaSecurity security) {
    try {
      return new SandboxKafka(directory, linked, security);
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

  /** The port to pass on to from an advertised one. */
  public int behind(int advertised) {
    return linked.entrySet().stream()
        .filter(listener -> listener.getValue() == advertised)
        .findFirst()
        .orElseThrow(() -> new SandboxFailure("Kafka does not advertise port " + advertised))
        .getKey();
  }

  /** Of a secured broker, the address where clients show certificates instead of passwords. */
  public String mutualBootstrap() {
    return "127.0.0.1:" + mutualPort;
  }

  /**
   * What the broker said when it gave up, if it did: its disk is full or broken. It is of no more
   * use in this process; what it has acknowledged is kept.
   */
  public synchronized Optional<String> broken() {
    return BREAKS.get() > breaksBefore ? Optional.of(lastWords) : Optional.empty();
  }

  /** Stops and starts again, on the same ports and data. */
  public synchronized void restart() {
    stop();
    server = launched();
  }

  /** A broken broker is left as it is: it would wait for minutes for leave from its own ruins. */
  private void stop() {
    if (broken().isPresent()) {
      return;
    }
    server.shutdown();
    server.awaitShutdown();
  }

  private Path data() {
    return directory.resolve("data");
  }

  private void format() {
    try {
      PrivateFiles.directories(data());
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
          .setScramArguments(security == null ? List.of() : security.scramArguments())
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
      PrivateFiles.write(file, Uuid.randomUuid() + "\n");
    }
    return Files.readString(file).strip();
  }

  private KafkaRaftServer launched() {
    breaksBefore = BREAKS.get();
    long begin = System.nanoTime();
    Properties settings = KafkaSettings.of(data(), port, controllerPort, linked);
    if (security != null) {
      security.secure(settings, new KafkaSecurity.Ports(port, mutualPort, insidePort));
    }
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

  private static void reportFatal(int status, @Nullable String message) {
    lastWords = message == null ? "it ended with status " + status : message;
    BREAKS.incrementAndGet();
    LOG.atError()
        .addKeyValue("status", status)
        .log("The embedded broker broke and is of no more use: {}", lastWords);
    throw new SandboxFailure(
        "The embedded broker broke: " + lastWords + ". Is the disk full, or a permission missing?");
  }

  @Override
  public synchronized void close() {
    stop();
    directory.close();
  }
}
