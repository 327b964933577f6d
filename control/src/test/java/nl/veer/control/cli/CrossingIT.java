package nl.veer.control.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import nl.veer.connectors.log.KafkaEndpoint;
import nl.veer.connectors.log.KafkaPreflight;
import nl.veer.connectors.log.StatusTopic;
import nl.veer.control.alert.HookServer;
import nl.veer.control.crossing.AtOnce;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.sandbox.kafka.SandboxKafka;
import nl.veer.sandbox.oracle.Oracle;
import nl.veer.sandbox.postgres.SandboxPostgres;
import nl.veer.sandbox.registry.SandboxRegistry;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of a migration, in their order, against real servers and a real process. */
class CrossingIT {
  private static final String SCHEMA =
      """
      CREATE TABLE orders (id int PRIMARY KEY, note text);
      CREATE TABLE trail (note text);
      ALTER TABLE trail REPLICA IDENTITY FULL;
      """;

  private static final Duration BETWEEN_COMMANDS = Duration.ofMillis(400);

  private final SandboxPostgres source = SandboxPostgres.startTemporary();
  private final SandboxPostgres target = SandboxPostgres.startTemporary();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;
  private @Nullable Process run;
  private final List<Process> roles = new ArrayList<>();

  @BeforeEach
  void build() throws Exception {
    for (SandboxPostgres server : List.of(source, target)) {
      server.createDatabase("shop");
      execute(server, SCHEMA);
    }
    execute(source, "INSERT INTO orders SELECT i, 'n' || i FROM generate_series(1, 5000) i");
    Files.writeString(directory.resolve("source"), source.password());
    Files.writeString(directory.resolve("target"), target.password());
    Files.writeString(
        directory.resolve("veer.yaml"),
        """
        migration: shop
        source: {url: "%s", user: %s, password: "${file:source}"}
        target: {url: "%s", user: %s, password: "${file:target}"}
        waves: [{name: main, tables: {}}]
        dashboard: {port: 0}
        cutover:
          fence-command: "while [ -e %s/hold ]; do sleep 0.05; done"
          unfence-command: "true"
          writers-wait: 10s
          max-outage: 60s
        """
            .formatted(
                source.jdbcUrl("shop"),
                source.user(),
                target.jdbcUrl("shop"),
                target.user(),
                directory));
  }

  @AfterEach
  void end() throws Exception {
    for (Process role : roles) {
      role.destroy();
      assertThat(role.waitFor(60, SECONDS)).isTrue();
    }
    source.close();
    target.close();
  }

  @Test
  @AtOnce
  void aMigrationFromCheckToDrop() throws Exception {
    assertThat(veer("check")).as(out.toString()).isEqualTo(ExitCode.OK);
    assertThat(veer("status")).isEqualTo(ExitCode.UNKNOWN);

    startRun();
    awaitReplicating();
    execute(
        source, "UPDATE orders SET note = 'new' WHERE id < 100; INSERT INTO trail VALUES ('a')");
    awaitEqual();
    awaitVerdict();
    theDashboardsTellIt();
    assertThat(veer("scan")).as(out.toString()).isEqualTo(ExitCode.OK);
    assertThat(veer("run")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("already does `veer run`");
    assertThat(veer("load", "--again")).isEqualTo(ExitCode.FAILED);
    assertThat(veer("drop", "--yes")).isEqualTo(ExitCode.FAILED);

    assertThat(veer("stop")).as(out.toString()).isEqualTo(ExitCode.OK);
    assertThat(running().exitValue()).isEqualTo(ExitCode.OK);
    assertThat(directory.resolve("veer-data/run.pid")).doesNotExist();
    assertThat(veer("status")).isEqualTo(ExitCode.UNKNOWN);
    assertThat(veer("verdict", "--history")).isEqualTo(ExitCode.UNKNOWN);
    assertThat(out.toString()).contains("BEHIND", "NEVER_SCANNED), by load", "Z  EQUAL at ");

    execute(target, "DELETE FROM trail");
    execute(source, "INSERT INTO orders VALUES (9001, 'while stopped')");
    assertThat(veer("load", "--again", "--no-wait", "--wave", "main", "--table", "public.trail"))
        .as(err.toString())
        .isEqualTo(ExitCode.OK);
    aForeignWriteIsToldWhileItRuns();

    execute(target, "DELETE FROM orders WHERE id < 50");
    assertThat(veer("load", "--again")).as(err.toString()).isEqualTo(ExitCode.OK);
    runsWithoutADashboardWhosePortIsTaken();
    assertThat(veer("stop")).isEqualTo(ExitCode.OK);

    assertThat(veer("drop", "--yes")).as(err.toString()).isEqualTo(ExitCode.OK);
    assertThat(count(source, "pg_replication_slots")).isZero();
    assertThat(count(source, "pg_publication")).isZero();
    assertThat(count(target, "pg_replication_slots")).isZero();
    assertThat(count(target, "pg_publication")).isZero();
    assertThat(count(target, "orders")).isEqualTo(5001);
    assertThat(out.toString()).contains("The audit log stays in veer.audit");
    assertTheAuditLogOutlivesTheWave();
  }

  private void aForeignWriteIsToldWhileItRuns() throws Exception {
    try (HookServer hook = new HookServer(request -> 204)) {
      Files.writeString(directory.resolve("hook"), hook.url());
      Files.writeString(
          directory.resolve("veer.yaml"),
          "alerts: {webhooks: [{url: '${file:hook}'}]}\n",
          StandardOpenOption.APPEND);
      startRun();
      awaitEqual();
      execute(target, "UPDATE orders SET note = 'foreign' WHERE id = 60");
      CrossingWorld.await(
          "a message",
          () -> hook.bodies.stream().anyMatch(body -> body.contains("\"rule\":\"difference\"")));
      assertThat(hook.bodies).noneMatch(body -> body.contains("foreign"));
      assertThat(veer("stop")).isEqualTo(ExitCode.OK);
    }
  }

  @Test
  @AtOnce
  void eachRoleInAProcessOfItsOwn() throws Exception {
    try (SandboxKafka kafka = SandboxKafka.startTemporary();
        SandboxRegistry registry = SandboxRegistry.startTemporary()) {
      Files.writeString(
          directory.resolve("veer.yaml"),
          """
          kafka: {bootstrap: "%s", replication-factor: 1, min-insync-replicas: 1}
          registry: {url: "%s"}
          observe: {capture: "127.0.0.1:0", replicate: "127.0.0.1:0", verify: "127.0.0.1:0"}
          """
              .formatted(kafka.bootstrap(), registry.url()),
          StandardOpenOption.APPEND);
      assertThat(veer("check")).as(out.toString()).isEqualTo(ExitCode.OK);
      assertThat(out.toString()).contains("[ONE_COPY]");

      Process capture = start("capture");
      run = start("replicate");
      awaitReplicating();
      execute(source, "DELETE FROM orders WHERE id < 10");
      awaitEqual();
      Process verify = start("verify");
      awaitEcho();
      eachTellsOfItself();
      capture = fallenSilentAndBack(capture);
      assertThat(veer("verify", "--again")).isEqualTo(ExitCode.FAILED);
      assertThat(veer("capture")).isEqualTo(ExitCode.FAILED);
      assertThat(veer("run")).isEqualTo(ExitCode.FAILED);

      assertThat(veer("stop")).as(out.toString()).isEqualTo(ExitCode.OK);
      assertThat(capture.exitValue()).isEqualTo(ExitCode.OK);
      assertThat(verify.exitValue()).isEqualTo(ExitCode.OK);
      assertThat(running().exitValue()).isEqualTo(ExitCode.OK);
      assertThat(veer("status")).as(out.toString()).isEqualTo(ExitCode.OK);
      assertThat(out.toString())
          .contains("STOPPED", "no capture is connected", "(it ended ")
          .contains("echo! Nobody reads its slot")
          .doesNotContain("SILENT", "RUNNING");
      assertThat(veer("verify", "--again")).as(err.toString()).isEqualTo(ExitCode.OK);
      assertThat(count(target, "pg_replication_slots")).isZero();

      KafkaEndpoint endpoint = new KafkaEndpoint(kafka.bootstrap(), Map.of());
      Set<String> topics = Set.of(StatusTopic.name("shop"));
      assertThat(KafkaPreflight.read(endpoint, topics).topics()).isNotEmpty();
      assertThat(veer("drop", "--yes")).as(err.toString()).isEqualTo(ExitCode.OK);
      assertThat(KafkaPreflight.read(endpoint, topics).topics()).isEmpty();
      assertThat(veer("status")).as(out.toString()).isEqualTo(ExitCode.OK);
      assertThat(out.toString()).contains("NOT_STARTED");
    }
  }

  private void eachTellsOfItself() throws Exception {
    List<String> told = new ArrayList<>();
    for (URI metrics : addresses("Metrics and health: ")) {
      DashboardProbe probe = new DashboardProbe(metrics);
      patiently()
          .untilAsserted(
              () -> assertThat(probe.get("/health/ready").body()).contains("\"status\":\"UP\""));
      assertThat(probe.get("/health/live").body()).contains("\"status\":\"UP\"");
      told.add(probe.get("/metrics").body());
    }
    assertThat(told).hasSize(3);
    for (String role : List.of("capture", "replicate", "ledger")) {
      String up = "veer_role_up{leg=\"0\",migration=\"shop\",role=\"%s\"".formatted(role);
      assertThat(told).as(up).filteredOn(metrics -> metrics.contains(up)).hasSize(1);
    }
  }

  /** One that is killed says nothing any more, which is not taken for well; the next one is. */
  private Process fallenSilentAndBack(Process capture) throws Exception {
    awaitStatus("roles: capture RUNNING, replicator RUNNING, echo RUNNING, ledger RUNNING, scan ");
    assertThat(out.toString()).doesNotContain("SILENT", "roles?", "!");
    capture.destroyForcibly().waitFor(60, SECONDS);

    awaitStatus("capture! silent for ");
    assertThat(out.toString())
        .contains("main  SILENT", "roles: capture SILENT, replicator RUNNING")
        .containsPattern("silent for (\\d{4} ms|\\d\\d\\.\\d s); its last word was RUNNING")
        .contains("; no capture is connected to the source");
    assertThat(veer("drop", "--yes")).as(out.toString()).isEqualTo(ExitCode.FAILED);
    assertThat(veer("status", "--json")).isEqualTo(ExitCode.OK);
    JsonNode wave = new ObjectMapper().readTree(out.toString()).path("waves").path(0);
    assertThat(wave.path("state").asText()).isEqualTo("SILENT");
    JsonNode role = wave.path("roles").path(0);
    assertThat(role.path("state").asText()).isEqualTo("SILENT");
    assertThat(role.path("ageMillis").asLong()).isGreaterThan(3_000);
    assertThat(role.path("said").path("position").asText()).contains("/");

    Process again = start("capture");
    awaitStatus("roles: capture RUNNING");
    awaitReplicating();
    return again;
  }

  /** A command opens sessions on both sides and clients of Kafka: not many times a second. */
  private static ConditionFactory patiently() {
    return await().atMost(CrossingWorld.PATIENCE).pollInterval(BETWEEN_COMMANDS);
  }

  private void awaitStatus(String line) {
    patiently()
        .untilAsserted(
            () -> {
              assertThat(veer("status")).isEqualTo(ExitCode.OK);
              assertThat(out.toString()).contains(line);
            });
  }

  private void assertTheAuditLogOutlivesTheWave() throws SQLException {
    assertThat(
            count(
                target,
                "pg_class WHERE relnamespace = 'veer'::regnamespace AND relkind IN ('r', 'p')"))
        .isEqualTo(1);
    assertThat(veer("audit")).as(err.toString()).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .containsSubsequence(
            "veer run: began",
            "veer run: ended",
            "veer load --again of public.trail: asked for",
            "veer load --again: done",
            "veer drop: asked for",
            "veer drop: done",
            "The chain is whole");
    execute(
        target,
        "ALTER TABLE veer.audit DISABLE TRIGGER ALL;" + " DELETE FROM veer.audit WHERE number = 2");
    assertThat(veer("audit", "--check")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("entry 2 is missing");
    assertThat(veer("drop", "--yes", "--audit-too")).as(err.toString()).isEqualTo(ExitCode.OK);
    assertThat(count(target, "pg_namespace WHERE nspname = 'veer'")).isZero();
    assertThat(veer("drop", "--yes")).as(err.toString()).isEqualTo(ExitCode.OK);
    assertThat(count(target, "pg_namespace WHERE nspname = 'veer'")).isZero();
  }

  private void startRun() throws Exception {
    run = start("run");
  }

  private Process start(String role) throws Exception {
    Process started =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Veer.class.getName(),
                role,
                "-c",
                directory.resolve("veer.yaml").toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("out").toFile()))
            .redirectInput(new File("/dev/null"))
            .start();
    roles.add(started);
    return started;
  }

  private Process running() {
    return Objects.requireNonNull(run);
  }

  private void awaitReplicating() {
    patiently()
        .untilAsserted(
            () -> {
              assertThat(running().isAlive())
                  .as(Files.readString(directory.resolve("out")))
                  .isTrue();
              assertThat(veer("status", "--json")).isEqualTo(ExitCode.OK);
              assertThat(out.toString()).contains("\"state\" : \"REPLICATING\"");
            });
  }

  private void awaitEcho() {
    patiently()
        .untilAsserted(
            () -> {
              assertThat(veer("status")).isEqualTo(ExitCode.OK);
              assertThat(out.toString()).contains("echo: CAPTURING up to");
            });
  }

  private void awaitVerdict() {
    patiently()
        .untilAsserted(() -> assertThat(veer("verdict")).as(out.toString()).isEqualTo(ExitCode.OK));
    assertThat(out.toString()).startsWith("EQUAL     wave main at ");
    awaitKept();
    assertThat(veer("verdict", "--table", "public.orders")).isEqualTo(ExitCode.OK);
    assertThat(veer("verdict", "--table", "public.none")).isEqualTo(ExitCode.USAGE);
    assertThat(veer("status", "--tables")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("  EQUAL     public.orders");
  }

  /** That of the run, and one in a process of its own. */
  private void theDashboardsTellIt() throws Exception {
    Process own = start("dashboard");
    patiently().until(() -> dashboards().size() == 2);
    for (URI dashboard : dashboards()) {
      new DashboardProbe(dashboard).assertEqual();
    }
    String sessions = "pg_stat_activity WHERE application_name = 'veer: status'";
    assertThat(count(target, sessions)).as("of the one that has no roles").isEqualTo(1);
    execute(target, "SELECT pg_terminate_backend(pid) FROM " + sessions);
    for (URI dashboard : dashboards()) {
      new DashboardProbe(dashboard).assertGoesOn();
    }
    new CommandProbe(dashboards().get(0)).assertRehearsed();
    CommandProbe elsewhere = new CommandProbe(dashboards().get(1));
    elsewhere.assertScanned();
    elsewhere.assertItsScansRestAndGoOn();
    itsEndLowersTheFence(own, elsewhere);
  }

  /** The program beside the fence lasts until the process was told to end. */
  private void itsEndLowersTheFence(Process own, CommandProbe elsewhere) throws Exception {
    Path hold = Files.createFile(directory.resolve("hold"));
    elsewhere.beginRehearsal();
    own.destroy();
    patiently().until(() -> !elsewhere.takesCommands());
    Files.delete(hold);
    assertThat(own.waitFor(60, SECONDS)).isTrue();
    assertThat(own.exitValue()).isEqualTo(ExitCode.OK);
    execute(source, "UPDATE orders SET note = 'as before' WHERE id = 200");
    new CommandProbe(dashboards().get(0)).assertGivenUp();
  }

  private void runsWithoutADashboardWhosePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path yaml = directory.resolve("veer.yaml");
      String port = "port: " + taken.getLocalPort();
      Files.writeString(yaml, Files.readString(yaml).replace("port: 0", port));
      startRun();
      awaitEqual();
      assertThat(directory.resolve("out"))
          .content()
          .contains("No dashboard is served: The dashboard cannot listen on", "run without it");
    }
  }

  private List<URI> dashboards() throws IOException {
    return addresses("Dashboard: ");
  }

  private List<URI> addresses(String before) throws IOException {
    return Files.readAllLines(directory.resolve("out")).stream()
        .filter(line -> line.startsWith(before))
        .map(line -> URI.create(line.substring(before.length()).replaceFirst(",.*", "")))
        .toList();
  }

  /** The command judges by itself; the history is kept by the run, when it looks next. */
  private void awaitKept() {
    patiently()
        .untilAsserted(
            () -> {
              veer("verdict", "--history");
              assertThat(out.toString()).containsPattern("Z  EQUAL at ");
            });
  }

  private void awaitEqual() {
    patiently()
        .untilAsserted(
            () -> {
              assertThat(running().isAlive())
                  .as(Files.readString(directory.resolve("out")))
                  .isTrue();
              try (Connection left = source.connect("shop");
                  Connection right = target.connect("shop")) {
                assertThat(Oracle.compare(left, right, List.of("public")).firstDifference())
                    .isEmpty();
              }
            });
  }

  private int veer(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "-c";
    all[arguments.length + 1] = directory.resolve("veer.yaml").toString();
    return Veer.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all);
  }

  private static void execute(SandboxPostgres server, String sql) throws SQLException {
    try (Connection connection = server.connect("shop");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long count(SandboxPostgres server, String from) throws SQLException {
    try (Connection connection = server.connect("shop");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM " + from)) {
      row.next();
      return row.getLong(1);
    }
  }
}
