package nl.veer.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import nl.veer.control.config.SampleConfigs;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.wave.Role;
import org.junit.jupiter.api.Test;

class RoleWindowTest {
  private static final VeerConfig ANY_PORT =
      SampleConfigs.shop("observe: {capture: '127.0.0.1:0'}\n");

  @Test
  void aRoleThatHasNotBegunIsLiveAndNotReady() throws Exception {
    try (RoleWindow window = RoleWindow.open(ANY_PORT, Role.CAPTURE)) {
      assertThat(get(window, "health/live").statusCode()).isEqualTo(200);
      HttpResponse<String> ready = get(window, "health/ready");
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body()).contains("\"code\":\"STARTING\"");
      HttpResponse<String> metrics = get(window, "metrics");
      assertThat(metrics.statusCode()).isEqualTo(200);
      assertThat(metrics.body()).isEmpty();
    }
  }

  @Test
  void aRoleThatIsAskedToEndIsNotReady() throws Exception {
    try (RoleWindow window = RoleWindow.open(ANY_PORT, Role.CAPTURE)) {
      window.ends();

      assertThat(get(window, "health/ready").body()).contains("\"code\":\"ENDING\"");
      assertThat(get(window, "health/live").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whoStandsByIsReadyAndSaysSoUntilItIsItsTurn() throws Exception {
    try (RoleWindow window = RoleWindow.open(ANY_PORT, Role.CAPTURE)) {
      window.standsBy("Another process does it.");
      HttpResponse<String> ready = get(window, "health/ready");
      assertThat(ready.statusCode()).isEqualTo(200);
      assertThat(ready.body()).contains("\"status\":\"UP\"", "\"code\":\"STANDBY\"");

      window.takesOver();

      assertThat(get(window, "health/ready").statusCode()).isEqualTo(503);
    }
  }

  @Test
  void whatIsNotConfiguredListensNowhere() {
    try (RoleWindow replicate = RoleWindow.open(ANY_PORT, Role.REPLICATE);
        RoleWindow run = RoleWindow.open(ANY_PORT, Role.RUN)) {
      assertThat(replicate.words()).isEmpty();
      assertThat(run.words()).isEmpty();
    }
  }

  @Test
  void aPortThatIsTakenKeepsNoRoleFromItsWork() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String at = "observe: {verify: '127.0.0.1:%d'}\n".formatted(taken.getLocalPort());
      try (RoleWindow window = RoleWindow.open(SampleConfigs.shop(at), Role.VERIFY)) {
        assertThat(window.words().orElseThrow())
            .startsWith("No metrics and no health are served: veer verify cannot listen on port ")
            .endsWith("The role runs without them.");
      }
    }
  }

  private static HttpResponse<String> get(RoleWindow window, String path) throws Exception {
    String words = window.words().orElseThrow();
    URI metrics = URI.create(words.substring(words.indexOf("http"), words.indexOf(',')));
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(metrics.resolve("/" + path)).build(), BodyHandlers.ofString());
  }
}
