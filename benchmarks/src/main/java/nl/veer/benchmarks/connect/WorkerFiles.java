package nl.veer.benchmarks.connect;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import nl.veer.sandbox.process.ServerDirectory;

/**
 * What a worker is started with: its settings and its command line.
 *
 * <p>Records travel as Avro, through Confluent's own converter, as Veer's do; JSON with its schemas
 * in each record is several times as slow and as large.
 */
final class WorkerFiles {
  private static final String LOGGING =
      """
      <configuration>
        <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%d{HH:mm:ss.SSS} %-5level %logger{20} - %msg%n</pattern></encoder>
        </appender>
        <root level="WARN"><appender-ref ref="OUT"/></root>
      </configuration>
      """;

  private final ServerDirectory directory;

  WorkerFiles(ServerDirectory directory) {
    this.directory = directory;
  }

  Path log() {
    return directory.resolve("worker.log");
  }

  /** Writes the settings; says how to start the worker with them. */
  List<String> command(Path classPath, String bootstrap, String registryUrl, int port) {
    Path settings = directory.resolve("worker.properties");
    Path logging = directory.resolve("logback.xml");
    try (Writer writer = Files.newBufferedWriter(settings)) {
      settings(bootstrap, registryUrl, port).store(writer, null);
      Files.writeString(logging, LOGGING);
    } catch (IOException e) {
      throw new ConnectFailure("Cannot write to " + directory.path() + ": " + e, e);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:+UseParallelGC"));
    command.add("-Dlogback.configurationFile=" + logging);
    command.add("-Djava.io.tmpdir=" + directory.path());
    command.addAll(List.of("-cp", classPath.toAbsolutePath() + "/*"));
    command.add("org.apache.kafka.connect.cli.ConnectStandalone");
    command.add(settings.toString());
    return command;
  }

  private Properties settings(String bootstrap, String registryUrl, int port) {
    Properties settings = new Properties();
    settings.setProperty("bootstrap.servers", bootstrap);
    settings.setProperty("listeners", "http://127.0.0.1:" + port);
    settings.setProperty("offset.storage.file.filename", directory.resolve("offsets").toString());
    settings.setProperty("offset.flush.interval.ms", "10000");
    // All is on the class path; looking for plugins in each jar takes seconds.
    settings.setProperty("plugin.discovery", "service_load");
    settings.setProperty("connector.client.config.override.policy", "All");
    for (String side : List.of("key", "value")) {
      settings.setProperty(side + ".converter", "io.confluent.connect.avro.AvroConverter");
      settings.setProperty(side + ".converter.schema.registry.url", registryUrl);
    }
    return settings;
  }
}
