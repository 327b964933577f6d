package nl.veer.sandbox.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import nl.veer.sandbox.process.FreePorts;
import nl.veer.sandbox.process.OwnedProcess;
import nl.veer.sandbox.process.Pause;
import nl.veer.sandbox.process.PrivateFiles;
import nl.veer.sandbox.process.SandboxFailure;
import nl.veer.sandbox.process.ServerDirectory;
import nl.veer.sandbox.process.StaleProcess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Apicurio Registry as a child process, on 127.0.0.1 if nothing else is said, speaking Confluent's
 * REST API. In a kept directory its schemas are in an H2 file that is written through on every
 * commit (a log whose schemas are lost cannot be decoded), and its port survives; otherwise they
 * are in memory. Its own default accepts incompatible schemas, so the global rule is set to
 * BACKWARD.
 */
public final class SandboxRegistry implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SandboxRegistry.class);
  private static final String HERE = "127.0.0.1";
  private static final String ANYWHERE = "0.0.0.0";
  private static final String API = "/apis/ccompat/v7";
  private static final Duration START_PATIENCE = Duration.ofSeconds(90);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(20);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final String JSON = "application/vnd.schemaregistry.v1+json";

  private final ServerDirectory directory;
  private final boolean durable;
  private final String address;
  private final int port;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private OwnedProcess process;

  private SandboxRegistry(ServerDirectory directory, boolean durable, String address, int port) {
    this.directory = directory;
    this.durable = durable;
    this.address = address;
    this.port = port;
    StaleProcess.end(directory.resolve("pid"), mark(), "TERM");
    this.process = launched();
  }

  /** Starts a durable registry in a directory that is kept; what it already holds is used. */
  public static SandboxRegistry start(Path directory) {
    ServerDirectory kept = ServerDirectory.kept(directory);
    return started(kept, true, HERE, () -> FreePorts.remembered(kept.resolve("port")));
  }

  /** The same at a given address and port, for others to reach. */
  public static SandboxRegistry start(Path directory, String address, int port) {
    return started(ServerDirectory.kept(directory), true, address, () -> port);
  }

  /** Starts a registry that keeps its schemas in memory; its directory is deleted on close. */
  public static SandboxRegistry startTemporary() {
    ServerDirectory temporary = ServerDirectory.temporary("registry");
    return started(temporary, false, HERE, () -> FreePorts.remembered(temporary.resolve("port")));
  }

  private static SandboxRegistry started(
      ServerDirectory directory, boolean durable, String address, IntSupplier port) {
    try {
      return new SandboxRegistry(directory, durable, address, port.getAsInt());
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /** The URL for a Confluent client on this machine. */
  public String url() {
    return "http://" + (address.equals(ANYWHERE) ? HERE : address) + ":" + port + API;
  }

  public int port() {
    return port;
  }

  public synchronized long pid() {
    return process.pid();
  }

  public synchronized boolean isAlive() {
    return process.isAlive();
  }

  /** Ends the registry (with {@code kill -9} if asked to) and starts it again, on the same port. */
  public synchronized void restart(boolean kill) {
    process.end(kill ? "KILL" : "TERM", STOP_PATIENCE);
    process = launched();
  }

  /** On the child's command line, so that a later run knows it for its own. */
  private String mark() {
    return "-Dveer.sandbox.directory=" + directory.path();
  }

  private OwnedProcess launched() {
    long begin = System.nanoTime();
    OwnedProcess server =
        OwnedProcess.start("The registry", command(), "TERM", directory.resolve("server.log"));
    remember(server.pid());
    while (!isReady()) {
      if (!server.isAlive() || System.nanoTime() - begin > START_PATIENCE.toNanos()) {
        server.end("KILL", STOP_PATIENCE);
        throw server.failedToStart();
      }
      Pause.of(LOOK);
    }
    LOG.atDebug()
        .addKeyValue("port", port)
        .addKeyValue("millis", (System.nanoTime() - begin) / 1_000_000)
        .log("The registry is ready");
    return server;
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add(mark());
    command.add("-Dquarkus.http.host=" + address);
    command.add("-Dquarkus.http.port=" + port);
    command.add("-Djava.io.tmpdir=" + directory.path());
    if (durable) {
      command.add(
          "-Dquarkus.datasource.jdbc.url=jdbc:h2:file:"
              + directory.resolve("schemas")
              + ";WRITE_DELAY=0;FILE_LOCK=FS");
    }
    command.addAll(List.of("-jar", RegistryHome.runner().toString()));
    return command;
  }

  private void remember(long pid) {
    try {
      PrivateFiles.write(directory.resolve("pid"), pid + "\n");
    } catch (IOException e) {
      throw new SandboxFailure("Cannot write to " + directory.path() + ": " + e, e);
    }
  }

  /** Ready means: it took the compatibility rule. */
  private boolean isReady() {
    HttpRequest rule =
        HttpRequest.newBuilder(URI.create(url() + "/config"))
            .timeout(ANSWER_PATIENCE)
            .header("Content-Type", JSON)
            .PUT(HttpRequest.BodyPublishers.ofString("{\"compatibility\":\"BACKWARD\"}"))
            .build();
    try {
      return http.send(rule, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SandboxFailure("Interrupted while the registry started", e);
    }
  }

  @Override
  public synchronized void close() {
    process.end("TERM", STOP_PATIENCE);
    directory.close();
  }
}
