package nl.veer.replicator.connect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import nl.veer.sandbox.process.FreePorts;
import nl.veer.sandbox.process.OwnedProcess;
import nl.veer.sandbox.process.ServerDirectory;

/**
 * A worker of a distributed Connect cluster, as a process with the class path that Kafka ships and
 * the plug-in's folder as the build has made it. It may be killed and started again.
 */
final class ConnectWorker implements AutoCloseable {
  private static final Duration END_PATIENCE = Duration.ofSeconds(20);

  private final ServerDirectory directory = ServerDirectory.temporary("connect");
  private final int port = FreePorts.any();
  private final String bootstrap;
  private OwnedProcess process;
  private boolean paused;

  ConnectWorker(String bootstrap) {
    this.bootstrap = bootstrap;
    this.process = started();
  }

  private OwnedProcess started() {
    Path settings = directory.resolve("worker.properties");
    try (Writer writer = Files.newBufferedWriter(settings)) {
      settings().store(writer, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return OwnedProcess.start(
        "Kafka Connect",
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx384m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-Dorg.slf4j.simpleLogger.log.nl.veer=info",
            "-cp",
            Path.of("worker", "target", "lib").toAbsolutePath() + "/*",
            "org.apache.kafka.connect.cli.ConnectDistributed",
            settings.toString()),
        "KILL",
        directory.resolve("worker.log"));
  }

  private Properties settings() throws IOException {
    Properties settings = new Properties();
    settings.setProperty("bootstrap.servers", bootstrap);
    settings.setProperty("group.id", "plugin-test");
    settings.setProperty("listeners", "http://127.0.0.1:" + port);
    settings.setProperty("rest.advertised.host.name", "127.0.0.1");
    settings.setProperty("plugin.path", plugin().toString());
    settings.setProperty("key.converter", "org.apache.kafka.connect.json.JsonConverter");
    settings.setProperty("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    settings.setProperty("offset.flush.interval.ms", "1000");
    // The shortest that a broker takes; and nobody waits whether a worker comes back.
    settings.setProperty("session.timeout.ms", "6000");
    settings.setProperty("heartbeat.interval.ms", "1000");
    settings.setProperty("scheduled.rebalance.max.delay.ms", "0");
    for (String kept : List.of("config", "offset", "status")) {
      settings.setProperty(kept + ".storage.topic", "plugin-test-" + kept);
      settings.setProperty(kept + ".storage.replication.factor", "1");
    }
    settings.setProperty("offset.storage.partitions", "1");
    settings.setProperty("status.storage.partitions", "1");
    return settings;
  }

  /** The folder that holds the plug-in's folder. */
  private static Path plugin() throws IOException {
    try (DirectoryStream<Path> built =
        Files.newDirectoryStream(
            Path.of("target"),
            path ->
                Files.isDirectory(path)
                    && path.getFileName().toString().startsWith("veer-connect-"))) {
      return built.iterator().next().toAbsolutePath();
    }
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** How the cluster calls it. */
  String id() {
    return "127.0.0.1:" + port;
  }

  /** Ends it with {@code kill -9}. */
  void kill() {
    process.end("KILL", END_PATIENCE);
  }

  void startAgain() {
    process = started();
  }

  void pause() {
    process.pause();
    paused = true;
  }

  void goOn() {
    process.goOn();
    paused = false;
  }

  /** Whether it may answer at all. */
  boolean isAwake() {
    return process.isAlive() && !paused;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String lastWords() {
    return process.lastWords();
  }

  @Override
  public void close() {
    process.end("KILL", END_PATIENCE);
    directory.close();
  }
}
