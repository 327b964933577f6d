package nl.veer.control.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import nl.veer.control.crossing.CrossingWorld;
import nl.veer.control.report.ReportCheck;

/** What a dashboard says of a migration that is proven equal, asked from outside. */
final class DashboardProbe {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI dashboard;

  DashboardProbe(URI dashboard) {
    this.dashboard = dashboard;
  }

  /** Of the wave main, with the tables orders and trail. */
  void assertEqual() throws Exception {
    await()
        .atMost(CrossingWorld.PATIENCE)
        .untilAsserted(
            () -> assertThat(api("migration").path("verdict").asText()).isEqualTo("EQUAL"));
    JsonNode migration = api("migration");
    assertThat(migration.path("tables").asInt()).as("%s", migration).isEqualTo(2);
    assertThat(migration.path("troubles")).as("%s", migration).isEmpty();
    JsonNode wave = api("waves/main");
    assertThat(wave.path("state").asText()).isEqualTo("REPLICATING");
    assertThat(wave.path("appliedPosition").asText()).contains("/");
    JsonNode table = api("waves/main/tables/public.orders");
    assertThat(table.path("table").path("position").asText()).contains("/");
    assertThat(table.path("history").path(0).path("verdict").asText()).isEqualTo("EQUAL");
    assertTheRecords();
    assertThat(get("").body()).contains("Veer: shop", "verdict equal\">EQUAL");
    assertThat(firstEvent()).contains("\"wave\":\"main\"");
  }

  private void assertTheRecords() throws Exception {
    for (String records : new String[] {"differences", "incidents", "cutover"}) {
      JsonNode waves = api(records).path("waves");
      assertThat(waves.findValuesAsText("wave")).as(records).containsExactly("main");
    }
    assertThat(api("differences?closed=true").path("waves").path(0).path("differences")).isEmpty();
    assertThat(api("cutover").path("waves").path(0).path("attempts")).isEmpty();
    JsonNode gate = api("gate");
    assertThat(gate.path("failure").isNull()).as("%s", gate).isTrue();
    assertThat(gate.path("gates").path(0).path("blocker").asText()).isEqualTo("rehearsed");
    assertThat(api("audit").path("entries").findValuesAsText("what")).contains("veer run");
    JsonNode report = api("report");
    assertThat(report.path("verdict").asText()).as("%s", report).isEqualTo("EQUAL");
    for (JsonNode file : report.path("files")) {
      byte[] signed =
          get(file.path("path").asText().substring(1)).body().getBytes(StandardCharsets.UTF_8);
      assertThat(ReportCheck.check(signed, null)).isInstanceOf(ReportCheck.Valid.class);
    }
  }

  private String firstEvent() throws Exception {
    HttpRequest events = HttpRequest.newBuilder(dashboard.resolve("api/v1/events")).build();
    try (Stream<String> lines = client.send(events, BodyHandlers.ofLines()).body()) {
      return lines.filter(line -> line.startsWith("data: ")).findFirst().orElseThrow();
    }
  }

  JsonNode api(String path) throws Exception {
    return JSON.readTree(get("api/v1/" + path).body());
  }

  HttpResponse<String> get(String path) throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(dashboard.resolve(path)).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
    return answer;
  }
}
