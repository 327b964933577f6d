package nl.veer.control.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import nl.veer.control.dashboard.PlainRows;
import nl.veer.control.dashboard.PlainView;
import nl.veer.control.dashboard.openapi.OpenApi;
import nl.veer.control.dashboard.route.Route;
import org.junit.jupiter.api.Test;

/** Each route answers as the OpenAPI document says, judged by a validator that is not ours. */
class ContractTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void everyAnswerIsAsTheDocumentSays() throws Exception {
    try (Served served = Served.open()) {
      int bodies = 0;
      for (Route route : served.routes) {
        if (route.content() instanceof Route.Body body) {
          Wire.Response answer = served.get(path(route, "main", "public.orders"));
          assertThat(answer.status()).as("%s: %s", route.path(), answer.body()).isEqualTo(200);
          assertThat(answer.header("content-type")).isEqualTo("application/json");
          assertFits(served, body.type().getSimpleName(), answer.body());
          bodies++;
        } else if (route.content() instanceof Route.Personal personal) {
          assertFits(served, personal.type().getSimpleName(), served.get(route.path()).body());
        } else if (route.content() instanceof Route.Self self) {
          assertFits(served, self.type().getSimpleName(), served.get(route.path()).body());
        }
      }
      assertThat(bodies).isGreaterThan(10);
    }
  }

  @Test
  void soIsEveryCommand() throws Exception {
    try (Served served = Served.with(Served.closed(true, true))) {
      String otto = "Authorization: Bearer " + Served.OPERATOR;
      String petra = "Authorization: Bearer " + Served.APPROVER;
      String sent = "{\"command\": \"CUTOVER\", \"confirm\": \"main\", \"budgetMillis\": 900}";
      assertFits(served, "CommandRequest", sent);
      Wire.Response taken = served.post("/api/v1/waves/main/commands", sent, otto);
      assertThat(taken.status()).as(taken.body()).isEqualTo(202);
      assertFits(served, "CommandBody", taken.body());
      String id = JSON.readTree(taken.body()).path("id").asText();
      Wire.Response yes =
          served.post("/api/v1/commands/" + id + "/approval", "{\"approve\": true}", petra);
      assertThat(yes.status()).as(yes.body()).isEqualTo(200);
      assertFits(served, "CommandBody", yes.body());
      assertFits(served, "CommandsBody", served.get("/api/v1/commands", otto).body());
    }
  }

  @Test
  void soAreValues() throws Exception {
    try (Served served = Served.with(Served.closed())) {
      String sent = "{\"reason\": \"ticket 12\"}";
      assertFits(served, "ValuesRequest", sent);
      Wire.Response shown =
          served.post(
              "/api/v1/waves/main/differences/7/values",
              sent,
              "Authorization: Bearer " + Served.OPERATOR);
      assertThat(shown.status()).as(shown.body()).isEqualTo(200);
      assertFits(served, "ValuesBody", shown.body());
    }
  }

  @Test
  void soIsEveryAnswerOfWhatNothingIsKnownOf() throws Exception {
    try (Served served = Served.open()) {
      assertFits(served, "WaveBody", served.get("/api/v1/waves/dark").body());
      assertFits(served, "TablePage", served.get("/api/v1/waves/dark/tables").body());
      served.view.fail(PlainView.away());
      assertFits(served, "GateBody", served.get("/api/v1/gate").body());
    }
    try (Served served = Served.open()) {
      served.view.fail(PlainView.away());
      for (String path : new String[] {"migration:MigrationBody", "waves:WavesBody"}) {
        String[] parts = path.split(":", -1);
        Wire.Response answer = served.get("/api/v1/" + parts[0]);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("TARGET_UNREACHABLE", "\"at\":null");
        assertFits(served, parts[1], answer.body());
      }
    }
  }

  @Test
  void everyErrorIsAsTheDocumentSays() throws Exception {
    try (Served served = Served.open()) {
      for (String path :
          new String[] {"/api/v1/nothing", "/api/v1/audit?limit=0", "/api/v1/waves/none"}) {
        assertFits(served, "ErrorBody", served.get(path).body());
      }
    }
  }

  @Test
  void theValidatorSeesWhatDoesNotFit() throws Exception {
    try (Served served = Served.open()) {
      ObjectNode wave = (ObjectNode) JSON.readTree(served.get("/api/v1/waves/main").body());
      assertThat(faults(served, "WaveBody", wave.deepCopy().putNull("state").toString()))
          .isNotEmpty();
      assertThat(faults(served, "WaveBody", wave.deepCopy().put("more", 1).toString()))
          .isNotEmpty();
      assertThat(faults(served, "WaveBody", wave.deepCopy().without("failure").toString()))
          .isNotEmpty();
      assertThat(faults(served, "WaveBody", wave.toString())).isEmpty();
    }
  }

  @Test
  void theDocumentIsServedAsItIsMade() throws Exception {
    try (Served served = Served.open()) {
      assertThat(served.get("/api/v1/openapi.json").body())
          .isEqualTo(OpenApi.document(served.routes));
    }
  }

  private static String path(Route route, String wave, String table) {
    return route
        .path()
        .replace("{wave}", URLEncoder.encode(wave, StandardCharsets.UTF_8))
        .replace("{table}", URLEncoder.encode(table, StandardCharsets.UTF_8))
        .replace("{key}", PlainRows.KEY);
  }

  private static void assertFits(Served served, String schema, String body) throws Exception {
    assertThat(faults(served, schema, body)).as("%s: %s", schema, body).isEmpty();
  }

  /** The document itself is the schema's file, so that its references are followed. */
  private static java.util.List<?> faults(Served served, String schema, String body)
      throws Exception {
    JsonNode components = JSON.readTree(OpenApi.document(served.routes)).path("components");
    assertThat(components.path("schemas").has(schema)).as(schema).isTrue();
    ObjectNode file = JSON.createObjectNode();
    file.set("components", components);
    file.put("$ref", "#/components/schemas/" + schema);
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(file.toString(), InputFormat.JSON)
        .validate(body, InputFormat.JSON);
  }
}
