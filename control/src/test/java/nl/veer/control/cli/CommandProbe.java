package nl.veer.control.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import nl.veer.control.crossing.CrossingWorld;

/** Has things done to the wave main over a dashboard, as a page of its own does. */
final class CommandProbe {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI dashboard;
  private final String csrf;

  CommandProbe(URI dashboard) throws Exception {
    this.dashboard = dashboard;
    this.csrf = get("session").path("csrf").asText();
  }

  /** A wave that is proven equal. */
  void assertScanned() throws Exception {
    JsonNode scan = ended(ask("{\"command\": \"SCAN\", \"tables\": [\"public.orders\"]}"));
    assertThat(scan.path("state").asText()).as("%s", scan).isEqualTo("DONE");
    assertThat(scan.path("result").asText()).isEqualTo("EQUAL");
    assertThat(scan.path("words").asText()).contains("1 tables", "5,000 rows");
  }

  /** The scans are those of another process, which finds it on record. */
  void assertItsScansRestAndGoOn() throws Exception {
    assertThat(ended(ask("{\"command\": \"PAUSE\", \"reason\": \"a busy hour\"}")).path("result"))
        .hasToString("\"PAUSED\"");
    assertThat(ended(ask("{\"command\": \"PAUSE\"}")).path("failureCode"))
        .hasToString("\"PAUSED_ALREADY\"");
    await()
        .atMost(CrossingWorld.PATIENCE)
        .until(() -> scans().startsWith("paused: by local since"));
    assertThat(scans()).contains(": a busy hour");
    assertThat(ended(ask("{\"command\": \"RESUME\"}")).path("result")).hasToString("\"RESUMED\"");
    await().atMost(CrossingWorld.PATIENCE).until(() -> !scans().startsWith("paused"));
  }

  private String scans() throws Exception {
    return get("waves/main").path("verdict").path("scans").asText();
  }

  /** The gate is shut for want of a rehearsal only. */
  void assertRehearsed() throws Exception {
    assertThat(post("waves/main/commands", "{\"command\": \"REHEARSE\"}", "").statusCode())
        .as("without what only our own pages know")
        .isEqualTo(403);
    JsonNode shut = ended(ask("{\"command\": \"CUTOVER\", \"confirm\": \"main\"}"));
    assertThat(shut.path("state").asText()).as("%s", shut).isEqualTo("REFUSED");
    assertThat(shut.path("failureCode").asText()).isEqualTo("GATE_SHUT");
    assertThat(shut.path("failure").asText()).contains("rehearsed");
    JsonNode none = ended(ask("{\"command\": \"ABORT\"}"));
    assertThat(none.path("failureCode").asText()).as("%s", none).isEqualTo("NOTHING_STANDS");

    JsonNode rehearsal = ended(ask("{\"command\": \"REHEARSE\", \"reason\": \"a first try\"}"));
    assertThat(rehearsal.path("state").asText()).as("%s", rehearsal).isEqualTo("DONE");
    assertThat(rehearsal.path("result").asText()).isEqualTo("REHEARSED");
    await()
        .atMost(CrossingWorld.PATIENCE)
        .until(() -> get("cutover").findValuesAsText("state").contains("REHEARSED"));
    await()
        .atMost(CrossingWorld.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(get("audit").path("entries").findValuesAsText("result"))
                    .contains("refused: CSRF", "refused: GATE_SHUT", "done: REHEARSED"));
    assertThat(get("audit").path("entries").findValuesAsText("what"))
        .contains("dashboard: rehearse, asked by local: a first try");
  }

  /** Returns when writes are refused, and before they are taken again. */
  void beginRehearsal() throws Exception {
    ask("{\"command\": \"REHEARSE\", \"budgetMillis\": 60000}");
    await()
        .atMost(CrossingWorld.PATIENCE)
        .until(
            () ->
                lastAttempt().path("finishedAt").isNull()
                    && !lastAttempt().path("fencedAt").isNull());
  }

  /** Asked while a rehearsal is under way: it is refused either way. */
  boolean takesCommands() throws Exception {
    HttpResponse<String> refused = post("waves/main/commands", "{\"command\": \"SCAN\"}", csrf);
    assertThat(refused.statusCode()).as(refused.body()).isBetween(400, 503);
    return !refused.body().contains("DASHBOARD_ENDS");
  }

  /** As if it had been asked to end itself. */
  void assertGivenUp() throws Exception {
    await().atMost(CrossingWorld.PATIENCE).until(() -> !lastAttempt().path("finishedAt").isNull());
    JsonNode attempt = lastAttempt();
    assertThat(attempt.path("state").asText()).as("%s", attempt).isEqualTo("ABORTED");
    assertThat(attempt.path("failureCode").asText()).isEqualTo("CUTOVER_STOPPED");
    assertThat(get("audit").path("entries").findValuesAsText("result"))
        .contains("failed: CUTOVER_STOPPED");
  }

  private JsonNode lastAttempt() throws Exception {
    return get("cutover").path("waves").path(0).path("attempts").path(0);
  }

  private JsonNode ask(String command) throws Exception {
    HttpResponse<String> taken = post("waves/main/commands", command, csrf);
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
    return JSON.readTree(taken.body());
  }

  private JsonNode ended(JsonNode asked) throws Exception {
    await().atMost(CrossingWorld.PATIENCE).until(() -> !find(asked).path("endedAt").isNull());
    return find(asked);
  }

  private JsonNode find(JsonNode asked) throws Exception {
    for (JsonNode one : get("commands").path("commands")) {
      if (one.path("id").equals(asked.path("id"))) {
        return one;
      }
    }
    throw new AssertionError("There is no command " + asked);
  }

  private HttpResponse<String> post(String path, String json, String secret) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(dashboard.resolve("api/v1/" + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json));
    if (!secret.isEmpty()) {
      request.header("X-Veer-Csrf", secret);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private JsonNode get(String path) throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(dashboard.resolve("api/v1/" + path)).build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }
}
