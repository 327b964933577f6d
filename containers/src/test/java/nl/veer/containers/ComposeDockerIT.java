package nl.veer.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import nl.veer.sandbox.oracle.Judgement;
import nl.veer.sandbox.oracle.Oracle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The compose file at the top, by the commands that its head names: one world, in which the tests
 * follow each other as a crossing does.
 */
@NeedsEngine
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ComposeDockerIT {
  private static final Duration PATIENCE =
      Duration.ofSeconds(Integer.getInteger("veer.patience", 240));
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How long nobody goes on writing before the two sides are compared again. */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private static final List<String> ALL =
      List.of(
          "capture",
          "replicate",
          "verify",
          "veer",
          "registry",
          "kafka",
          "target",
          "source",
          "shop");

  /** More than come in between a count and a kill: these are of customers who go on. */
  private static final int COMMITS = 100;

  private static final Map<String, String> PASSWORDS = new ConcurrentHashMap<>();

  private static final Compose COMPOSE =
      new Compose(
          Path.of("..", "docker-compose.yml"),
          "veer-it-" + ProcessHandle.current().pid(),
          Map.of(
              "VEER_IMAGE", "veer-it",
              "VEER_PORT", "0",
              "VEER_SOURCE_PORT", "0",
              "VEER_TARGET_PORT", "0",
              "VEER_SHOP_ROWS", "20000",
              "VEER_SHOP_RATE", "50"));

  @BeforeAll
  static void up() {
    COMPOSE.run("up", "--build", "--detach", "--wait").orFail();
  }

  @AfterAll
  static void down() throws IOException {
    Files.writeString(
        Path.of("target", "compose.log"), COMPOSE.run("logs", "--timestamps", "--no-color").out());
    COMPOSE.close();
  }

  @Test
  @Order(1)
  void theDashboardShowsALiveCrossing() throws Exception {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(wave().path("state").asText()).isEqualTo("REPLICATING"));
    long committed = commits("source");
    await().atMost(PATIENCE).until(() -> commits("target") > committed);
  }

  @Test
  @Order(2)
  void noProcessOfVeersIsRootOrWritesOutsideOfItsVolumes() {
    for (String service : List.of("capture", "replicate", "verify", "veer", "registry", "shop")) {
      assertThat(COMPOSE.exec(service, "id", "-u").orFail().strip()).isEqualTo("10001");
      assertThat(
              COMPOSE.exec(service, "sh", "-c", "echo x > /etc/veer/x; echo x > /opt/veer/x").out())
          .as(service)
          .contains("/etc/veer/x: Read-only", "/opt/veer/x: Read-only");
    }
  }

  @Test
  @Order(3)
  void nothingIsLostWhenEachContainerIsKilledInTurn() throws Exception {
    assertThat(COMPOSE.running()).containsExactlyInAnyOrderElementsOf(ALL);
    for (String service : ALL) {
      long committed = committed();
      COMPOSE.kill(service);
      COMPOSE.start(service);
      // Nobody waits until it is well again, but what is killed next is killed while customers
      // write.
      await("writes behind " + service)
          .atMost(PATIENCE)
          .until(() -> committed() > committed + COMMITS);
    }
    for (String service : ALL) {
      await("health of " + service).atMost(PATIENCE).until(() -> COMPOSE.isHealthy(service));
    }

    becomesEqual();
  }

  @Test
  @Order(4)
  void cutsOverByTheCommandsOfTheFile() throws Exception {
    COMPOSE.run("start", "shop").orFail();
    untilDone("cutover", "--rehearse");

    untilDone("cutover");

    long committed = commits("target");
    await().atMost(PATIENCE).until(() -> commits("target") > committed + 50);
    becomesEqual();
    assertThat(COMPOSE.exec("veer", "cat", "/run/veer/address/at").out()).isEqualTo("target");
  }

  @Test
  @Order(5)
  void endsByTheCommandsOfTheManualAndLeavesNothingOnEitherSide() throws Exception {
    await()
        .atMost(PATIENCE)
        .pollInterval(BETWEEN_LOOKS)
        .untilAsserted(() -> COMPOSE.exec("veer", "veer", "verdict").orFail());
    COMPOSE.exec("veer", "veer", "report", "--html", "/var/lib/veer/veer-report.html").orFail();
    COMPOSE.run("stop", "capture", "replicate", "verify").orFail();

    COMPOSE.exec("veer", "veer", "finish", "--yes", "--report", "/var/lib/veer").orFail();

    assertThat(COMPOSE.exec("veer", "ls", "/var/lib/veer").orFail())
        .contains("veer-report.html", "veer-final-report.json");
    for (String side : List.of("source", "target")) {
      assertThat(number(side, "SELECT count(*) FROM pg_replication_slots")).as(side).isZero();
      assertThat(number(side, "SELECT count(*) FROM pg_publication")).as(side).isZero();
    }
  }

  /** The gate opens when a scan has ended, and a busy machine is given a larger budget. */
  private static void untilDone(String... command) {
    String[] whole =
        Stream.of(List.of("veer"), List.of(command), List.of("--yes", "--max-outage", "60s"))
            .flatMap(List::stream)
            .toArray(String[]::new);
    await()
        .atMost(PATIENCE)
        .pollInterval(BETWEEN_LOOKS)
        .untilAsserted(() -> COMPOSE.exec("veer", whole).orFail());
  }

  /** The shop closes, and the side that follows gets to where the other one stands. */
  private static void becomesEqual() {
    COMPOSE.run("stop", "shop").orFail();
    await()
        .atMost(PATIENCE)
        .pollInterval(BETWEEN_LOOKS)
        .untilAsserted(
            () -> {
              try (Connection source = connect("source");
                  Connection target = connect("target")) {
                Judgement judgement = Oracle.compare(source, target, List.of("shop"));
                assertThat(judgement.equal()).as(judgement.toString()).isTrue();
              }
            });
  }

  /** What the source holds, if it answers. */
  private static long committed() {
    try {
      return commits("source");
    } catch (SQLException e) {
      return -1;
    }
  }

  private static long commits(String side) throws SQLException {
    return number(side, "SELECT count(*) FROM shop.commits");
  }

  private static long number(String side, String query) throws SQLException {
    try (Connection connection = connect(side);
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery(query)) {
      count.next();
      return count.getLong(1);
    }
  }

  private static Connection connect(String side) throws SQLException {
    String password =
        PASSWORDS.computeIfAbsent(
            side, of -> COMPOSE.exec("veer", "cat", "/run/veer/" + of + "/shop").orFail().strip());
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/shop".formatted(COMPOSE.port(side, 5432)),
        "shop",
        password);
  }

  private static JsonNode wave() throws Exception {
    String token = COMPOSE.exec("veer", "cat", "/run/veer/operator/token").orFail().strip();
    URI waves =
        URI.create("https://localhost:%d/api/v1/waves".formatted(COMPOSE.port("veer", 8420)));
    HttpResponse<String> answer =
        HttpClient.newBuilder()
            .sslContext(trusting())
            .build()
            .send(
                HttpRequest.newBuilder(waves).header("Authorization", "Bearer " + token).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return JSON.readTree(answer.body()).findPath("waves").path(0);
  }

  /** Trusts the authority that the container secrets has made, and no other. */
  private static SSLContext trusting() throws Exception {
    String authority =
        COMPOSE
            .run(
                "run",
                "--rm",
                "-T",
                "--no-deps",
                "--entrypoint",
                "cat",
                "secrets",
                "/run/veer/observer/ca.pem")
            .orFail();
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry(
        "sandbox",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(authority.getBytes(StandardCharsets.US_ASCII))));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
