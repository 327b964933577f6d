package nl.veer.control.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.List;
import nl.veer.connectors.failure.Failure;
import nl.veer.control.config.DashboardConfig;
import nl.veer.control.dashboard.view.ProcessPage;
import nl.veer.control.dashboard.view.ProcessPage.Said;
import org.junit.jupiter.api.Test;

class ProcessServerTest {
  private static final List<ProcessPage> PAGES =
      List.of(
          new ProcessPage(
              "/health/ready", "application/json", true, () -> new Said(503, "{\"why\": 1}", "{}")),
          new ProcessPage(
              "/metrics", "text/plain", false, () -> new Said(200, "veer_up 1\n", null)));

  @Test
  void itTellsOfItselfAndServesNothingElse() throws IOException {
    try (ProcessServer server = serve(Served.OPEN)) {
      Wire.Response ready = get(server, "/health/ready");
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.body()).isEqualTo("{\"why\": 1}");
      assertThat(ready.header("cache-control")).isEqualTo("no-store");
      assertThat(get(server, "/metrics").body()).isEqualTo("veer_up 1\n");
      for (String other : List.of("/", "/login", "/api/v1/migration", "/api/v1/openapi.json")) {
        assertThat(get(server, other).status()).as(other).isEqualTo(404);
      }
      assertThat(Wire.ask(server.uri().getPort(), "POST", "/metrics", "x").status()).isEqualTo(405);
      assertThat(get(server, "/metrics", "Host: evil.example").status()).isEqualTo(421);
    }
  }

  @Test
  void whereTokensAreConfiguredOthersAreToldOnlyWhetherItIsWell() throws IOException {
    try (ProcessServer server = serve(Served.closed())) {
      assertThat(get(server, "/health/ready").body()).isEqualTo("{}");
      assertThat(get(server, "/metrics").status()).isEqualTo(401);
      String viewer = "Authorization: Bearer " + Served.VIEWER;
      assertThat(get(server, "/metrics", viewer).body()).isEqualTo("veer_up 1\n");
      assertThat(get(server, "/health/ready", viewer).body()).contains("why");
    }
  }

  @Test
  void whoeverAsksTooOftenIsToldSo() throws IOException {
    try (ProcessServer server = serve(Served.OPEN)) {
      int status = 0;
      for (int i = 0; i < 1_000 && status != 429; i++) {
        status = get(server, "/metrics").status();
      }

      assertThat(status).isEqualTo(429);
    }
  }

  @Test
  void aPortThatIsTakenIsSaidWithTheKeyThatNamesIt() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Failure failure =
          catchThrowableOfType(
              Failure.class, () -> serve(DashboardConfig.at(taken.getLocalPort())));

      assertThat(failure.code()).isEqualTo("DASHBOARD_PORT");
      assertThat(failure)
          .hasMessageStartingWith("veer capture cannot listen on port " + taken.getLocalPort())
          .hasMessageContaining("Give observe.capture another number");
    }
  }

  private static ProcessServer serve(DashboardConfig config) {
    return ProcessServer.start("veer capture", "observe.capture", config, PAGES, Clock.systemUTC());
  }

  private static Wire.Response get(ProcessServer server, String path, String... headers)
      throws IOException {
    return Wire.get(server.uri().getPort(), path, headers);
  }
}
