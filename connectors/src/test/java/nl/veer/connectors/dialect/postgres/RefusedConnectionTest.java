package nl.veer.connectors.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import nl.veer.connectors.dialect.DatabaseEndpoint;
import nl.veer.connectors.dialect.Outage;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.dialect.SourceConnections;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that answers a new connection with these bytes, and ends it. */
class RefusedConnectionTest {
  private static final String NO_FORK =
      "Ecould not fork new process for connection: Resource temporarily unavailable\n\0";

  @ParameterizedTest
  @ValueSource(strings = {"require", "prefer", "disable"})
  void aServerWithoutAProcessLeftIsBusyAndDoesNotRefuseTls(String tls) throws Exception {
    SQLException error = refusal(NO_FORK, tls);

    Failure failure = PostgresFailures.source(error, "opening a session");

    assertThat(failure.kind()).isEqualTo(FailureKind.TRANSIENT);
    assertThat(failure.code()).isEqualTo("RESOURCES");
    assertThat(failure.getMessage()).contains("no process left");
    assertThat(Outage.isUnreachable(error)).isFalse();
  }

  @Test
  void aServerThatEndsTheConnectionIsAwayAndDoesNotRefuseTls() throws Exception {
    Failure failure = PostgresFailures.source(refusal("", "require"), "opening a session");

    assertThat(failure.kind()).isEqualTo(FailureKind.TRANSIENT);
    assertThat(failure.code()).isEqualTo("CONNECTION_LOST");
  }

  @Test
  void aServerWithoutTlsRefusesIt() throws Exception {
    Failure failure = PostgresFailures.source(refusal("N", "require"), "opening a session");

    assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION);
    assertThat(failure.code()).isEqualTo("TLS_REFUSED");
  }

  private static SQLException refusal(String answer, String tls) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> served = CompletableFuture.runAsync(() -> answerAll(server, answer));
      String url = "jdbc:postgresql://127.0.0.1:" + server.getLocalPort() + "/shop";
      SourceConnections source =
          new SourceConnections(
              new DatabaseEndpoint(url, "veer", new Secret("x"), Map.of("sslmode", tls)));
      SQLException error = catchThrowableOfType(SQLException.class, () -> source.open("test"));
      server.close();
      served.get();
      return error;
    }
  }

  private static void answerAll(ServerSocket server, String answer) {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        client.getInputStream().readNBytes(8);
        client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }
}
