package nl.veer.connectors.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import nl.veer.connectors.event.EventPlace;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.event.codec.EventDecoder;
import nl.veer.connectors.event.codec.LogHeaders;
import nl.veer.connectors.event.codec.RecordKind;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a registry may answer, or somebody in its place: each is a failure that says where. */
class RegistryAnswersTest {
  private static final WaveId WAVE = new WaveId("m", "w");
  private static final byte[] RECORD = {0, 0, 0, 0, 7, 0};

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private Answer answer = exchange -> {};
  private String patience = "20000";

  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            answer.to(exchange);
          }
        });
    server.start();
  }

  @AfterEach
  void end() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void serverErrorsAndBusyOnesAreRetried() {
    for (int status : new int[] {500, 502, 503, 504, 429}) {
      answer = status(status, "{\"error_code\":50001,\"message\":\"x\"}");
      requireFailure(FailureKind.TRANSIENT, "REGISTRY_UNAVAILABLE");
      answer = status(status, "<html>bad gateway</html>");
      requireFailure(FailureKind.TRANSIENT, "REGISTRY_UNAVAILABLE");
    }
  }

  @Test
  void aSchemaThatIsGoneIsTheLogsLoss() {
    answer = status(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
    requireFailure(FailureKind.SOURCE_DATA, "SCHEMA_LOST");
  }

  @Test
  void refusalsAndOtherServersAreTheConfigurations() {
    answer = status(401, "{\"error_code\":401,\"message\":\"x\"}");
    requireFailure(FailureKind.CONFIGURATION, "REGISTRY_DENIED");
    answer = status(403, "no");
    requireFailure(FailureKind.CONFIGURATION, "REGISTRY_DENIED");
    answer = status(418, "I am a teapot");
    requireFailure(FailureKind.CONFIGURATION, "REGISTRY_REFUSED");
  }

  @Test
  void answersThatAreNoneAreTroubleOnTheWay() {
    for (String body :
        new String[] {
          "",
          "null",
          "{}",
          "[]",
          "17",
          "<html></html>",
          "{\"schema\":",
          "{\"schema\":[1]}",
          "\u0000\u0001"
        }) {
      answer = status(200, body);
      requireFailure(FailureKind.TRANSIENT, "REGISTRY_UNAVAILABLE");
    }
    answer = status(200, "[".repeat(1_000_000));
    requireFailure(FailureKind.TRANSIENT, "REGISTRY_UNAVAILABLE");
    answer = exchange -> exchange.sendResponseHeaders(200, 1_000);
    requireFailure(FailureKind.TRANSIENT, "REGISTRY_UNAVAILABLE");
  }

  @Test
  void schemasThatAreNoneAreTheLogsLoss() {
    for (String schema :
        new String[] {
          "",
          "{}",
          "nonsense",
          "{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"1 x\\\",\\\"fields\\\":[]}",
          "{\\\"type\\\":\\\"array\\\",\\\"items\\\":".repeat(5_000)
        }) {
      answer = status(200, "{\"schema\":\"" + schema + "\"}");
      requireFailure(FailureKind.SOURCE_DATA, "SCHEMA_LOST");
    }
    answer = status(200, "{\"schemaType\":\"JSON\",\"schema\":\"{}\"}");
    requireFailure(FailureKind.SOURCE_DATA, "SCHEMA_LOST");
  }

  @Test
  void anotherSchemaIsNoticed() {
    answer = status(200, "{\"schema\":\"\\\"long\\\"\"}");
    requireFailure(FailureKind.SOURCE_DATA, "SCHEMA_REPLACED");
  }

  @Test
  void anEndlessAnswerIsCutShort() {
    answer =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] much = new byte[1 << 20];
          Arrays.fill(much, (byte) 'x');
          try (OutputStream out = exchange.getResponseBody()) {
            out.write("{\"schema\":\"".getBytes(StandardCharsets.UTF_8));
            while (true) {
              out.write(much);
            }
          }
        };
    requireFailure(FailureKind.TRANSIENT, "REGISTRY_UNAVAILABLE");
  }

  @Test
  void silenceIsTroubleOnTheWay() {
    CountDownLatch over = new CountDownLatch(1);
    patience = "200";
    answer =
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    try {
      requireFailure(FailureKind.TRANSIENT, "REGISTRY_UNAVAILABLE");
    } finally {
      over.countDown();
    }
  }

  @Test
  void aRedirectIsNotFollowedToAnotherAnswer() {
    answer =
        exchange -> {
          if (exchange.getRequestURI().getPath().startsWith("/elsewhere")) {
            status(200, "{\"schema\":\"\\\"long\\\"\"}").to(exchange);
          } else {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
          }
        };
    requireFailure(FailureKind.SOURCE_DATA, "SCHEMA_REPLACED");
  }

  private static Answer status(int status, String body) {
    return exchange -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  private void requireFailure(FailureKind kind, String code) {
    Headers headers = LogHeaders.event(RecordKind.INSERT, new EventPlace(1, 1));
    LogHeaders.withSchema(headers, new byte[8]);
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    long begin = System.nanoTime();
    try (AvroRegistry registry =
        new AvroRegistry(
            new RegistryEndpoint(
                url,
                Map.of(
                    "http.connect.timeout.ms", "20000",
                    "http.read.timeout.ms", patience,
                    "max.retries", "0")),
            WAVE)) {
      new EventDecoder(registry, WAVE.logTopic()).decode(42, RECORD, headers);
      throw new AssertionError("It was decoded");
    } catch (Failure failure) {
      assertThat(failure.kind() + " " + failure.code())
          .as(failure.getMessage())
          .isEqualTo(kind + " " + code);
      assertThat(failure).hasMessageContaining("Record 42 of log " + WAVE.logTopic());
      assertThat(failure.getMessage()).hasSizeLessThan(1_000);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(60));
  }
}
