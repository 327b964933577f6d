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
    assertTheTables();
    assertTheFlow();
    assertTheRecords();
    assertThat(get("").body()).contains("Veer: shop", "verdict equal\">EQUAL");
    assertThat(firstEvent()).contains("\"wave\":\"main\"");
  }

  private void assertTheTables() throws Exception {
    JsonNode page = api("waves/main/tables?order=age");
    assertThat(page.path("total").asInt()).as("%s", page).isEqualTo(2);
    assertThat(page.path("trouble").isNull()).as("%s", page).isTrue();
    for (JsonNode table : page.path("tables")) {
      assertThat(table.path("coverage").asDouble()).as("%s", table).isEqualTo(1);
      assertThat(table.path("rowsAtTarget").asText()).as("%s", table).contains("/");
    }
    JsonNode ranges = api("waves/main/tables/public.orders/ranges");
    assertThat(ranges.path("ranges").findValuesAsText("verdict")).containsOnly("EQUAL");
    JsonNode scans = api("waves/main/tables/public.orders/scans");
    assertThat(scans.path("scans").findValuesAsText("state")).contains("COMPLETE");
  }

  /** Heartbeats flow all the way, each second. */
  private void assertTheFlow() {
    await()
        .atMost(CrossingWorld.PATIENCE)
        .untilAsserted(
            () -> {
              JsonNode wave = api("waves/main");
              assertThat(wave.path("flow")).as("%s", wave).hasSize(4);
              for (JsonNode leg : wave.path("flow")) {
                assertThat(leg.path("state").asText()).as("%s", leg).isEqualTo("RUNNING");
                assertThat(leg.path("transactionsPerSecond").asDouble()).as("%s", leg).isPositive();
                assertThat(leg.path("lagMillis").isNumber()).as("%s", leg).isTrue();
                assertThat(leg.path("position").asText()).as("%s", leg).contains("/");
              }
              assertThat(wave.path("today").path("transactions").asLong())
                  .as("%s", wave)
                  .isPositive();
              JsonNode history = api("history?wave=main&minutes=5");
              assertThat(history.path("replicationLagMillis"))
                  .as("%s", history)
                  .anyMatch(JsonNode::isNumber);
              assertThat(history.path("transactionsPerSecond"))
                  .as("%s", history)
                  .anyMatch(rate -> rate.asDouble() > 0);
            });
  }

  /** Its next reading lacks nothing. */
  void assertGoesOn() throws Exception {
    String before = api("waves").path("at").asText();
    await()
        .atMost(CrossingWorld.PATIENCE)
        .until(() -> !api("waves").path("at").asText().equals(before));
    JsonNode waves = api("waves");
    assertThat(waves.path("trouble").isNull()).as("%s", waves).isTrue();
    assertThat(waves.path("waves").path(0).path("unknown")).as("%s", waves).isEmpty();
    assertThat(waves.path("waves").path(0).path("state").asText()).isEqualTo("REPLICATING");
  }

  private void assertTheRecords() throws Exception {
    for (String records : new String[] {"differences", "incidents", "cutover"}) {
      JsonNode waves = api(records).path("waves");
      assertThat(waves.findValuesAsText("wave")).as(records).containsExactly("main");
    }
    assertThat(api("differences?closed=true").path("waves").path(0).path("differences")).isEmpty();
    assertThat(api("cutover").path("waves").path(0).path("attempts")).isEmpty();
    await()
        .atMost(CrossingWorld.PATIENCE)
        .untilAsserted(
            () -> {
              JsonNode gate = api("gate");
              assertThat(gate.path("failure").isNull()).as("%s", gate).isTrue();
              assertThat(gate.path("gates").path(0).path("blocker").asText())
                  .as("%s", gate)
                  .isEqualTo("rehearsed");
            });
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
