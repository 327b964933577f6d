package nl.veer.control.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import nl.veer.control.dashboard.PlainView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked, rightly and wrongly. */
class RequestsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NO_LENGTH =
      "POST /login HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
          + "Connection: close\r\n\r\n3\r\na=b\r\n0\r\n\r\n";

  @Test
  void aTableIsFoundWhateverItsName() throws Exception {
    try (Served served = Served.open()) {
      String name =
          URLEncoder.encode(PlainView.HOSTILE, StandardCharsets.UTF_8).replace("+", "%20");
      Wire.Response found = served.get("/api/v1/waves/main/tables/" + name);
      assertThat(found.status()).as(found.body()).isEqualTo(200);
      assertThat(JSON.readTree(found.body()).path("table").path("table").asText())
          .isEqualTo(PlainView.HOSTILE);
    }
  }

  @Test
  void tablesComeByRiskAPageAtATimeAndAsAskedFor() throws Exception {
    try (Served served = Served.open()) {
      assertThat(tables(served, ""))
          .containsExactly("public.new", "public.orders", PlainView.HOSTILE);
      assertThat(tables(served, "?order=age"))
          .containsExactly("public.new", "public.orders", PlainView.HOSTILE);
      assertThat(tables(served, "?order=name"))
          .containsExactly("public.new", "public.orders", PlainView.HOSTILE);
      assertThat(tables(served, "?order=rows"))
          .containsExactly("public.orders", PlainView.HOSTILE, "public.new");
      assertThat(tables(served, "?order=changes"))
          .containsExactly("public.orders", PlainView.HOSTILE, "public.new");
      assertThat(tables(served, "?limit=1&offset=1")).containsExactly("public.orders");
      assertThat(tables(served, "?offset=900")).isEmpty();
      assertThat(tables(served, "?verdict=UNKNOWN")).containsExactly("public.new");
      assertThat(tables(served, "?contains=ORD")).containsExactly("public.orders");
    }
  }

  @Test
  void thePageSaysTheVerdictAndRunsNothingThatANameHolds() throws Exception {
    try (Served served = Served.open()) {
      Wire.Response page = served.get("/");
      assertThat(page.header("content-type")).isEqualTo("text/html;charset=utf-8");
      assertThat(page.body())
          .contains(
              "Veer: shop", "verdict unknown\">UNKNOWN", "verdict equal\">EQUAL", "0/5D1A9F20")
          .doesNotContain("<script>", "style=", "://")
          .doesNotContainPattern("<script(?![^>]* src=\"/assets/)");
      assertThat(served.get("/assets/dashboard.css").header("content-type")).startsWith("text/css");
    }
  }

  @Test
  void headHasTheHeadersAndNoBody() throws Exception {
    try (Served served = Served.open()) {
      Wire.Response head = Wire.ask(served.port, "HEAD", "/api/v1/waves", "");
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      assertThat(Wire.ask(served.port, "HEAD", "/api/v1/events", "").status()).isEqualTo(405);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "POST", "BREW"})
  void whatIsNotBuiltIsNotTaken(String method) throws Exception {
    try (Served served = Served.open()) {
      for (String path : List.of("/api/v1/waves", "/api/v1/cutover", "/", "/nothing")) {
        Wire.Response refused = Wire.ask(served.port, method, path, "{}");
        assertThat(refused.status()).as(path).isEqualTo(405);
        assertThat(refused.header("allow")).isEqualTo("GET, HEAD");
      }
    }
  }

  @Test
  void aWrongQuestionIsRefusedWithWhatIsWrong() throws Exception {
    try (Served served = Served.open()) {
      for (String path :
          List.of(
              "/api/v1/audit?limit=0",
              "/api/v1/audit?limit=501",
              "/api/v1/audit?limit=1e3",
              "/api/v1/audit?limit=99999999999999999999",
              "/api/v1/audit?limit=",
              "/api/v1/audit?limit=1&limit=2",
              "/api/v1/audit?limits=1",
              "/api/v1/audit?=1",
              "/api/v1/audit?limit",
              "/api/v1/waves?x=1",
              "/api/v1/differences?closed=yes",
              "/api/v1/differences?after=3",
              "/api/v1/differences?table=",
              "/api/v1/differences?table=a%00b",
              "/api/v1/differences?table=" + "x".repeat(600),
              "/api/v1/waves/main/tables?verdict=equal",
              "/api/v1/waves/main/tables?order=RISK",
              "/api/v1/waves/main/tables?limit=2501",
              "/api/v1/waves/main/tables/public.orders/scans?limit=101",
              "/api/v1/waves/main/tables/public.orders/ranges?limit=1",
              "/api/v1/waves/main/tables/" + "x".repeat(600),
              "/api/v1/waves/",
              "/api/v1/waves/%ff",
              "/api/v1/waves/%zz",
              "/api/v1/waves/%4",
              "/api/v1/audit?" + "a=1&".repeat(40))) {
        assertRefused(served.get(path), path, 400);
      }
      for (String path :
          List.of(
              "/api/v1/waves/none",
              "/api/v1/waves/main/tables/public.none",
              "/api/v1/waves/main/tables/public.none/ranges",
              "/api/v1/waves/none/tables/public.orders/scans",
              "/api/v1/differences?wave=none",
              "/api/v1",
              "/api/v1/",
              "//api/v1/waves",
              "/api/v1/../../etc/passwd",
              "/assets/..%2f..%2fx.css",
              "/assets/ShellPage.class",
              "/favicon.ico")) {
        assertRefused(served.get(path), path, 404);
      }
      assertThat(served.view.records).hasValue(0);
    }
  }

  @Test
  void whatIsTooLargeIsRefused() throws Exception {
    try (Served served = Served.with(Served.closed())) {
      assertRefused(served.get("/" + "x".repeat(9_000)), "a long path", 414);
      assertRefused(served.get("/", "X-Long: " + "x".repeat(9_000)), "a long header", 431);
      assertRefused(
          Wire.ask(served.port, "POST", "/login", "token=" + "x".repeat(18_000)), "a form", 413);
      assertRefused(
          Wire.raw(served.port, NO_LENGTH.getBytes(StandardCharsets.US_ASCII)), "no length", 411);
      assertRefused(Wire.ask(served.port, "POST", "/login", "token=é"), "half a character", 400);
    }
  }

  @Test
  void whateverComesIsAnsweredWithoutATrace() throws Exception {
    long seed = Long.getLong("veer.seed", 20_261_130);
    Random random = new Random(seed);
    String bits = "%./;?&=+#:@[]\\\"'<>{}|^`~ \t\0é/api/v1/waves/main/tables%2e%00%c0%af";
    try (Served served = Served.open()) {
      for (int i = 0; i < 300; i++) {
        StringBuilder path = new StringBuilder(i % 3 == 0 ? "/api/v1/waves/" : "/");
        for (int n = random.nextInt(40); n > 0; n--) {
          path.append(bits.charAt(random.nextInt(bits.length())));
        }
        assertDull(served.get(path.toString()), "seed " + seed + ", " + path);
      }
      for (int i = 0; i < 100; i++) {
        byte[] noise = new byte[1 + random.nextInt(200)];
        random.nextBytes(noise);
        assertDull(Wire.raw(served.port, noise), "seed " + seed + ", noise " + i);
      }
      assertThat(served.get("/api/v1/waves").status()).isEqualTo(200);
    }
  }

  /** Noise may end the connection; else there is no answer but a small refusal, or a page. */
  private static void assertDull(Wire.Response answer, String what) throws Exception {
    assertThat(answer.status()).as(what).isLessThan(500);
    assertThat(answer.body()).as(what).doesNotContain("Exception", "\tat ", "nl.veer", "jetty");
    if (answer.status() >= 400) {
      assertRefused(answer, what, answer.status());
    }
  }

  @Test
  void whateverIsSentIsAnsweredWithoutATraceAndNothingIsDone() throws Exception {
    long seed = Long.getLong("veer.seed", 20_261_130);
    Random random = new Random(seed);
    List<String> parts =
        List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"command\"",
            "\"SCAN\"",
            "\"scan\"",
            "\"confirm\"",
            "0",
            "\"tables\"",
            "\"budgetMillis\"",
            "1e99",
            "-1",
            "null",
            "true",
            "\"\\u0000\"",
            "\"é",
            "//",
            "\"reason\"",
            "\"approve\"",
            "NaN",
            "[[[[[[[[[[",
            "{\"command\":\"SCAN\",\"more\":1}");
    try (Served served = Served.with(Served.closed())) {
      String otto = "Authorization: Bearer " + Served.OPERATOR;
      for (int i = 0; i < 300; i++) {
        StringBuilder body = new StringBuilder(i % 2 == 0 ? "{\"command\":" : "");
        for (int n = random.nextInt(12); n >= 0; n--) {
          body.append(parts.get(random.nextInt(parts.size())));
        }
        String path = i % 3 == 0 ? "/api/v1/commands/1/approval" : "/api/v1/waves/main/commands";
        String what = "seed " + seed + ", " + body;
        Wire.Response answer = served.post(path, body.toString(), otto);
        assertDull(answer, what);
        assertThat(answer.status()).as(what).isGreaterThanOrEqualTo(400);
      }
      byte[] noise = new byte[200];
      random.nextBytes(noise);
      String head =
          "POST /api/v1/waves/main/commands HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + otto
              + "\r\nContent-Type: application/json\r\nContent-Length: 200\r\n\r\n";
      byte[] whole = head.getBytes(StandardCharsets.US_ASCII);
      byte[] sent = java.util.Arrays.copyOf(whole, whole.length + noise.length);
      System.arraycopy(noise, 0, sent, whole.length, noise.length);
      assertDull(Wire.raw(served.port, sent), "noise, seed " + seed);
      assertThat(served.driver.driven).isEmpty();
    }
  }

  @Test
  void whatIsSentIsJsonAndSmallAndSaysItsLength() throws Exception {
    String path = "/api/v1/waves/main/commands";
    try (Served served = Served.with(Served.closed())) {
      String otto = "Authorization: Bearer " + Served.OPERATOR;
      String scan = "{\"command\": \"SCAN\"}";
      assertRefused(Wire.ask(served.port, "POST", path, scan, otto), "no type", 415);
      for (String type : List.of("text/plain", "application/jsonp", "application/json;charset=x")) {
        assertRefused(
            Wire.ask(served.port, "POST", path, scan, otto, "Content-Type: " + type), type, 415);
      }
      assertRefused(served.post(path, scan + " ".repeat(70_000), otto), "much", 413);
      String chunked =
          NO_LENGTH
              .replace("/login", path)
              .replace("Connection", otto + "\r\nContent-Type: application/json\r\nConnection");
      assertRefused(
          Wire.raw(served.port, chunked.getBytes(StandardCharsets.US_ASCII)), "no length", 411);
      for (String wrong :
          List.of(
              "",
              "[]",
              "null",
              "\"SCAN\"",
              "{}",
              "{\"command\": null}",
              "{\"command\": 2}",
              "{\"command\": \"scan\"}",
              "{\"command\": \"SCAN\", \"waves\": []}",
              "{\"command\": \"SCAN\", \"command\": \"ABORT\"}",
              "{\"command\": \"SCAN\"} {}",
              "{\"command\": \"SCAN\", \"tables\": [null]}",
              "{\"command\": \"SCAN\", \"tables\": [\"orders\"]}",
              "{\"command\": \"SCAN\", \"tables\": \"public.orders\"}",
              "{\"command\": \"SCAN\", \"budgetMillis\": 5}",
              "{\"command\": \"REHEARSE\", \"budgetMillis\": \"5\"}",
              "{\"command\": \"REHEARSE\", \"budgetMillis\": 1.5}",
              "{\"command\": \"REHEARSE\", \"budgetMillis\": 0}",
              "{\"command\": \"REHEARSE\", \"budgetMillis\": 99999999999}",
              "{\"command\": \"REHEARSE\", \"tables\": [\"public.orders\"]}",
              "{\"command\": \"REHEARSE\", \"confirm\": \"main\"}",
              "{\"command\": \"SCAN\", \"reason\": \"a\\nb\"}",
              "{\"command\": \"SCAN\", \"reason\": \"" + "x".repeat(501) + "\"}",
              "{\"command\": \"CUTOVER\"}",
              "{\"command\": \"CUTOVER\", \"confirm\": \"Main\"}",
              "{\"command\": \"FALLBACK\", \"confirm\": \"dark\"}")) {
        Wire.Response refused = served.post(path, wrong, otto);
        assertThat(refused.status()).as("%s: %s", wrong, refused.body()).isBetween(400, 411);
        assertRefused(refused, wrong, refused.status());
      }
      assertRefused(served.post("/api/v1/waves/none/commands", scan, otto), "no wave", 404);
      assertRefused(
          served.post("/api/v1/commands/1/approval", "{}", bearer(Served.APPROVER)), "empty", 400);
      assertRefused(
          served.post("/api/v1/commands/1/approval", "{\"approve\":1}", bearer(Served.APPROVER)),
          "a number",
          400);
      assertThat(served.get(path, otto).header("allow")).isEqualTo("POST");
      assertThat(served.driver.driven).isEmpty();
    }
  }

  private static String bearer(String token) {
    return "Authorization: Bearer " + token;
  }

  @Test
  void aServerThatIsAwayIsSaidAndADefectTellsNothing() throws Exception {
    try (Served served = Served.open()) {
      served.view.fail(PlainView.away());
      assertRefused(served.get("/api/v1/audit"), "away", 503);
      assertThat(served.get("/api/v1/audit").body()).contains("TARGET_UNREACHABLE");
      assertThat(served.get("/api/v1/waves/main").body()).contains("STATUS_UNREAD");
    }
    try (Served served = Served.open()) {
      served.view.fail(new IllegalStateException("a row's value"));
      Wire.Response defect = served.get("/api/v1/audit");
      assertRefused(defect, "a defect", 500);
      assertThat(defect.body()).contains("INTERNAL").doesNotContain("row's", "IllegalState");
      assertThat(served.get("/api/v1/gate").body()).doesNotContain("row's", "IllegalState");
      assertThat(served.get("/api/v1/migration").body()).doesNotContain("row's", "IllegalState");
    }
  }

  @Test
  void manyWhoAskTheSameCostOneReading() throws Exception {
    try (Served served = Served.open()) {
      for (int i = 0; i < 50; i++) {
        assertThat(served.get("/api/v1/differences").status()).isEqualTo(200);
        assertThat(served.get("/api/v1/gate").status()).isEqualTo(200);
        assertThat(served.get("/api/v1/report/json").status()).isEqualTo(200);
        assertThat(served.get("/api/v1/waves").status()).isEqualTo(200);
      }
      assertThat(served.view.records).hasValue(3);
      assertThat(served.view.statuses.get()).isLessThan(20);
    }
  }

  private static List<String> tables(Served served, String query) throws Exception {
    return JSON.readTree(served.get("/api/v1/waves/main/tables" + query).body())
        .path("tables")
        .findValuesAsText("table");
  }

  private static void assertRefused(Wire.Response answer, String what, int status)
      throws Exception {
    assertThat(answer.status()).as("%s: %s", what, answer.body()).isEqualTo(status);
    assertThat(answer.header("content-type")).as(what).isEqualTo("application/json");
    JsonNode body = JSON.readTree(answer.body());
    assertThat(body.path("code").asText()).as(what).matches("[A-Z_]+");
    assertThat(body.path("message").asText()).as(what).isNotBlank().hasSizeLessThan(300);
  }
}
