package nl.veer.control.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import nl.veer.control.config.DashboardRole;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;

/** What a visitor is told of themselves, and how our own pages are known. */
class SessionTest {
  private static final String SESSION = "/api/v1/session";

  @Test
  void whoeverIsOnThisMachineIsAnOperatorWithoutAName() throws Exception {
    try (Served served = Served.open()) {
      JsonNode who = json(served.get(SESSION));
      assertThat(who.path("name").isNull()).isTrue();
      assertThat(who.path("role").asText()).isEqualTo("OPERATOR");
      assertThat(who.path("login").asBoolean()).isFalse();
      assertThat(who.path("until").isNull()).isTrue();
      assertThat(who.path("csrf").asText())
          .hasSizeGreaterThan(40)
          .as("the process's own")
          .isEqualTo(json(served.get(SESSION)).path("csrf").asText());
      try (Served another = Served.open()) {
        assertThat(json(another.get(SESSION)).path("csrf")).isNotEqualTo(who.path("csrf"));
      }
    }
  }

  @Test
  void aBearerTokenNeedsNoSecretOfAPage() throws Exception {
    try (Served served = Served.with(Served.closed())) {
      JsonNode who = json(served.get(SESSION, "Authorization: Bearer " + Served.OPERATOR));
      assertThat(who.path("name").asText()).isEqualTo("otto");
      assertThat(who.path("role").asText()).isEqualTo("OPERATOR");
      assertThat(who.path("csrf").isNull()).isTrue();
      assertThat(who.path("login").asBoolean()).isFalse();
    }
  }

  @Test
  void eachSessionHasASecretOfItsOwnAndAnEnd() throws Exception {
    try (Served served = Served.with(Served.closed())) {
      String first = served.logIn(Served.VIEWER);
      String second = served.logIn(Served.VIEWER);
      JsonNode who = json(served.get(SESSION, first));
      assertThat(who.path("name").asText()).isEqualTo("anna");
      assertThat(who.path("role").asText()).isEqualTo("VIEWER");
      assertThat(who.path("login").asBoolean()).isTrue();
      assertThat(who.path("until").asText())
          .isEqualTo(served.clock.instant().plus(Duration.ofHours(1)).toString());
      assertThat(json(served.get(SESSION, first)).path("csrf")).isEqualTo(who.path("csrf"));
      assertThat(json(served.get(SESSION, second)).path("csrf")).isNotEqualTo(who.path("csrf"));
      assertThat(first).as("not what the cookie holds").doesNotContain(who.path("csrf").asText());
    }
  }

  @Test
  void whatIsChangedIsChangedByOurOwnPagesOnly() {
    Visitor here = Visitor.here("the secret");
    assertThat(refusal(here)).isEqualTo("CSRF");
    assertThat(refusal(here, "X-Veer-Csrf", "another")).isEqualTo("CSRF");
    assertThat(refusal(here, "X-Veer-Csrf", "")).isEqualTo("CSRF");
    assertThat(refusal(here, "X-Veer-Csrf", "the secret")).isEmpty();
    assertThat(refusal(here, "X-Veer-Csrf", "the secret", "Sec-Fetch-Site", "cross-site"))
        .isEqualTo("ORIGIN");
    assertThat(
            refusal(
                here, "X-Veer-Csrf", "the secret", "Host", "a:1", "Origin", "http://evil.example"))
        .isEqualTo("ORIGIN");
    assertThat(refusal(here, "X-Veer-Csrf", "the secret", "Host", "a:1", "Origin", "http://a:1"))
        .isEmpty();
    assertThat(refusal(Visitor.of("otto", DashboardRole.OPERATOR))).isEmpty();
  }

  /** The code of it; empty if there is none. */
  private static String refusal(Visitor visitor, String... namesAndValues) {
    HttpFields.Mutable headers = HttpFields.build();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    Denied denied = catchThrowableOfType(Denied.class, () -> OwnPages.require(headers, visitor));
    if (denied == null) {
      return "";
    }
    assertThat(denied.reply().status()).isEqualTo(403);
    return new String(denied.reply().body(), java.nio.charset.StandardCharsets.UTF_8)
        .replaceAll(".*\"code\":\"([A-Z]+)\".*", "$1");
  }

  private static JsonNode json(Wire.Response answer) throws Exception {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }
}
