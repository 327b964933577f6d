package nl.veer.control.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import nl.veer.control.dashboard.PlainRows;
import nl.veer.control.dashboard.view.RecordQuery;
import org.junit.jupiter.api.Test;

/** What is asked about rows that differ. */
class RowsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVENTS = "/api/v1/waves/main/tables/public.orders/keys/%s/events";

  @Test
  void causesComeWorstFirstWithTheTimeTheyWereCountedAt() throws Exception {
    try (Served served = Served.open()) {
      JsonNode first = JSON.readTree(served.get("/api/v1/causes").body());
      served.clock.putOn(Duration.ofSeconds(3));
      JsonNode again = JSON.readTree(served.get("/api/v1/causes").body());

      assertThat(first.path("causes").findValuesAsText("kind"))
          .containsExactly("VALUES", "MISSING", "FOREIGN_WRITE");
      assertThat(first.path("ageMillis").asLong()).isZero();
      assertThat(again.path("ageMillis").asLong()).isEqualTo(3_000);
      assertThat(served.view.records).hasValue(1);
      assertThat(JSON.readTree(served.get("/api/v1/causes?closed=true").body()).path("causes"))
          .hasSize(4);
      assertThat(served.get("/api/v1/causes?wave=none").status()).isEqualTo(404);
    }
  }

  @Test
  void theDifferencesOfACauseAreAskedForByIt() throws Exception {
    try (Served served = Served.open()) {
      String asked = "?wave=main&table=public.orders&kind=VALUES&column=note%2C+price";
      assertThat(served.get("/api/v1/differences" + asked).status()).isEqualTo(200);
      assertThat(served.view.asked)
          .isEqualTo(
              new RecordQuery("main", "public.orders", "VALUES", "note, price", false, 0, 100));
      assertThat(served.get("/api/v1/incidents" + asked).status()).isEqualTo(200);
    }
  }

  @Test
  void whatBecameOfARowIsToldOnceForAllAndSaysWhatIsMissing() throws Exception {
    try (Served served = Served.open()) {
      JsonNode whole = events(served, PlainRows.KEY);
      assertThat(whole.path("state").asText()).isEqualTo("DONE");
      assertThat(whole.path("complete").asBoolean()).isTrue();
      assertThat(whole.path("echo").findValuesAsText("writer"))
          .containsExactly("APPLY", "FOREIGN_WRITER");
      events(served, PlainRows.KEY);
      assertThat(served.view.records).hasValue(1);
      assertThat(events(served, PlainRows.FAR_KEY).path("words").asText()).contains("1,000,000");
      assertThat(events(served, "0".repeat(32)).path("state").asText()).isEqualTo("NOT_KEPT");
    }
  }

  @Test
  void whatIsNoDigestIsNotSearchedFor() throws Exception {
    try (Served served = Served.open()) {
      for (String key : new String[] {"4711", "0".repeat(33), "Z".repeat(32), "%27"}) {
        assertThat(served.get(EVENTS.formatted(key)).status()).as(key).isEqualTo(400);
      }
      assertThat(served.get(EVENTS.formatted("0".repeat(32)).replace("main", "none")).status())
          .isEqualTo(404);
      assertThat(served.view.records).hasValue(0);
    }
  }

  private static JsonNode events(Served served, String key) throws Exception {
    Wire.Response answer = served.get(EVENTS.formatted(key));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }
}
