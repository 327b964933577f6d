package nl.veer.control.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import nl.veer.control.dashboard.PlainView;
import org.junit.jupiter.api.Test;

/** Rows' values are shown to operators, for a reason, and after the audit log has it. */
class ValuesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/api/v1/waves/main/differences/7/values";
  private static final String WHY = "{\"reason\": \"ticket 12\"}";
  private static final String OTTO = "Authorization: Bearer " + Served.OPERATOR;

  @Test
  void anOperatorIsShownThemAndTheAuditLogHasItBefore() throws Exception {
    try (Served served = Served.with(Served.closed())) {
      Wire.Response shown = served.post(PATH, WHY, OTTO);

      assertThat(shown.status()).as(shown.body()).isEqualTo(200);
      JsonNode body = JSON.readTree(shown.body());
      assertThat(body.path("key").findValuesAsText("value")).containsExactly("4711");
      assertThat(body.path("columns").findValuesAsText("column")).containsExactly("note", "price");
      assertThat(shown.header("cache-control")).contains("no-store");
      assertThat(served.driver.audit)
          .containsExactly(
              "main | dashboard: values of difference 7, asked by otto: ticket 12 | asked for");
      served.post(PATH, "{\"reason\": \"two\\nlines\"}", OTTO);
      assertThat(served.driver.audit).as("each time").hasSize(2);
      assertThat(served.driver.audit.get(1)).contains(": two lines |");
      assertThat(served.view.records).as("and none is kept").hasValue(2);
    }
  }

  @Test
  void nothingIsReadThatTheAuditLogHasNot() throws Exception {
    try (Served served = Served.with(Served.closed())) {
      served.driver.failAudit(PlainView.away());
      assertThat(served.post(PATH, WHY, OTTO).status()).isEqualTo(503);
      assertThat(served.view.records).hasValue(0);
    }
  }

  @Test
  void nobodyElseIsShownAnythingAndThatIsInTheAuditLogToo() throws Exception {
    try (Served served = Served.with(Served.closed())) {
      String anna = "Authorization: Bearer " + Served.VIEWER;
      assertThat(served.post(PATH, WHY, anna).status()).isEqualTo(403);
      assertThat(served.post(PATH, WHY).status()).isEqualTo(401);
      assertThat(served.get(PATH, OTTO).status()).isEqualTo(405);
      served.post(PATH, WHY, OTTO);
      assertThat(served.driver.audit)
          .anyMatch(entry -> entry.contains("difference 7, asked by anna | refused: "));
      assertThat(served.view.records).hasValue(1);
    }
  }

  @Test
  void withoutAReasonOrADifferenceNothingIsShown() throws Exception {
    try (Served served = Served.with(Served.closed())) {
      for (String body :
          List.of(
              "{}",
              "{\"reason\": \" \"}",
              "{\"reason\": null}",
              "x",
              "{\"reason\": \"a\", \"more\": 1}",
              "{\"reason\": \"%s\"}".formatted("x".repeat(501)))) {
        assertThat(served.post(PATH, body, OTTO).status()).as(body).isEqualTo(400);
      }
      assertThat(served.view.records).hasValue(0);
      assertThat(served.post(PATH.replace("7", "x"), WHY, OTTO).status()).isEqualTo(400);
      assertThat(served.post(PATH.replace("main", "none"), WHY, OTTO).status()).isEqualTo(404);
      assertThat(served.post(PATH.replace("7", "8"), WHY, OTTO).status()).isEqualTo(404);
    }
  }

  @Test
  void aBrowserNeedsTheTextThatItsOwnPageKnows() throws Exception {
    try (Served served = Served.open()) {
      assertThat(served.post(PATH, WHY).status()).isEqualTo(403);
      String known = JSON.readTree(served.get("/api/v1/session").body()).path("csrf").asText();
      assertThat(served.post(PATH, WHY, "X-Veer-Csrf: " + known).status()).isEqualTo(200);
    }
  }
}
