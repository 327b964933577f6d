package nl.veer.control.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import nl.veer.control.config.DashboardConfig;
import nl.veer.control.dashboard.oidc.Issuer;
import nl.veer.control.dashboard.oidc.SigningKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who comes in by a token of another server. */
class OidcAccessTest {
  private static final String WAVES = "/api/v1/waves";
  private static final SigningKey KEY = SigningKey.ec("first");

  private final Issuer issuer = Issuer.start(KEY);

  @AfterEach
  void end() {
    issuer.close();
  }

  @Test
  void aTokensRoleIsItsOwnersRoleHere() throws Exception {
    try (Served served = served()) {
      JsonNode who = json(served.get("/api/v1/session", bearer(token(served, "lead"))));
      assertThat(who.path("name").asText()).isEqualTo("olga");
      assertThat(who.path("role").asText()).isEqualTo("APPROVER");
      assertThat(who.path("login").asBoolean()).isFalse();
      assertThat(who.path("csrf").isNull()).isTrue();
      assertThat(who.path("until").asText())
          .isEqualTo(served.clock.instant().plusSeconds(300).toString());
      assertThat(served.get(WAVES, "authorization: bearer " + token(served, "staff")).status())
          .isEqualTo(200);
      assertThat(served.get(WAVES, bearer(Served.VIEWER)).status()).isEqualTo(200);
      assertThat(served.get(WAVES).status()).isEqualTo(401);
    }
  }

  @Test
  void aPersonHasOneNameThatNobodyElseHas() throws Exception {
    try (Served served = served()) {
      assertThat(name(served, "7f3a", "olga")).isEqualTo("olga");
      assertThat(name(served, "7f3a", "otto")).as("renamed at the issuer").isEqualTo("olga");
      assertThat(name(served, "88b0", "olga")).as("another of this name").isEqualTo("olga (88b0)");
      assertThat(name(served, "91cc", "anna"))
          .as("as a token of the configuration is called")
          .isEqualTo("anna (91cc)");
    }
  }

  private String name(Served served, String subject, String name) throws Exception {
    Map<String, Object> claims = claims(served, "dba");
    claims.put("sub", subject);
    claims.put("preferred_username", name);
    return json(served.get("/api/v1/session", bearer(KEY.token(claims)))).path("name").asText();
  }

  @Test
  void whoHasNoRoleHereIsToldSo() throws Exception {
    try (Served served = served()) {
      Wire.Response refused = served.get(WAVES, bearer(token(served, "guest")));
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.body()).contains("\"NO_ROLE\"", "olga", "realm_access.roles");
      Wire.Response page = logIn(served, token(served, "guest"));
      assertThat(page.status()).isEqualTo(403);
      assertThat(page.body()).contains("has no role here", "<form");
      assertThat(page.header("set-cookie")).isEmpty();
    }
  }

  @Test
  void aTokenThatHasEndedOrIsForgedIsRefused() throws Exception {
    try (Served served = served()) {
      Map<String, Object> brief = claims(served, "dba");
      brief.put("exp", served.clock.instant().plusSeconds(60).getEpochSecond());
      Wire.Response forged =
          served.get(WAVES, bearer(SigningKey.ec("first").token(claims(served, "dba"))));
      assertThat(forged.status()).isEqualTo(401);
      assertThat(forged.body()).contains("\"TOKEN\"", "not signed by the issuer");
      assertThat(forged.header("www-authenticate")).startsWith("Bearer");
      served.clock.putOn(Duration.ofSeconds(90));
      Wire.Response ended = served.get(WAVES, bearer(KEY.token(brief)));
      assertThat(ended.status()).isEqualTo(401);
      assertThat(ended.body()).contains("has ended");
      assertThat(served.view.records).hasValue(0);
    }
  }

  @Test
  void aSessionEndsWithItsToken() throws Exception {
    try (Served served = served()) {
      Wire.Response well = logIn(served, token(served, "dba"));
      assertThat(well.status()).isEqualTo(303);
      assertThat(well.header("set-cookie")).endsWith("Max-Age=300").doesNotContain("eyJ");
      String cookie = "Cookie: " + well.header("set-cookie").split(";", 2)[0];
      JsonNode who = json(served.get("/api/v1/session", cookie));
      assertThat(who.path("role").asText()).isEqualTo("OPERATOR");
      assertThat(who.path("login").asBoolean()).isTrue();
      served.clock.putOn(Duration.ofSeconds(299));
      assertThat(served.get(WAVES, cookie).status()).isEqualTo(200);
      served.clock.putOn(Duration.ofSeconds(1));
      assertThat(served.get(WAVES, cookie).status()).isEqualTo(401);

      Map<String, Object> lasting = claims(served, "dba");
      lasting.put("exp", served.clock.instant().plus(Duration.ofDays(1)).getEpochSecond());
      assertThat(logIn(served, KEY.token(lasting)).header("set-cookie"))
          .as("nor does it outlive other sessions")
          .endsWith("Max-Age=3600");
    }
  }

  @Test
  void aTokenOfAKeyThatIsNewWaitsUntilItIsRead() throws Exception {
    try (Served served = served()) {
      assertThat(served.get(WAVES, bearer(token(served, "staff"))).status()).isEqualTo(200);
      SigningKey next = SigningKey.edwards("next");
      issuer.signsWith(next);
      served.clock.putOn(Duration.ofSeconds(20));
      assertThat(served.get(WAVES, bearer(next.token(claims(served, "staff")))).status())
          .isEqualTo(200);
      assertThat(served.get(WAVES, bearer(token(served, "staff"))).status())
          .as("a key that was taken back")
          .isEqualTo(401);
      assertThat(issuer.reads).hasValue(2);
    }
  }

  @Test
  void anIssuerThatIsAwayLetsNobodyInAndKeepsNobodyOut() throws Exception {
    issuer.close();
    try (Served served = served()) {
      Wire.Response refused = served.get(WAVES, bearer(token(served, "staff")));
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.body()).contains("\"OIDC_KEYS\"");
      assertThat(refused.header("retry-after")).isEqualTo("15");
      assertThat(logIn(served, token(served, "staff")).status()).isEqualTo(503);
      assertThat(served.get(WAVES, bearer(Served.VIEWER)).status()).isEqualTo(200);
      assertThat(logIn(served, Served.VIEWER).status()).isEqualTo(303);
      assertThat(served.get(WAVES).status()).isEqualTo(401);
    }
  }

  @Test
  void aTokenMayBeLongAndNotEndless() throws Exception {
    try (Served served = served()) {
      assertThat(served.get(WAVES, bearer(longToken(served, 9_000))).status()).isEqualTo(200);
      assertThat(logIn(served, longToken(served, 9_000)).status()).isEqualTo(303);
      assertThat(served.get(WAVES, bearer(longToken(served, 13_000))).status()).isEqualTo(401);
      assertThat(served.get(WAVES, bearer(longToken(served, 20_000))).status()).isEqualTo(431);
    }
  }

  private Served served() {
    DashboardConfig closed = Served.closed();
    return Served.with(
        new DashboardConfig(
            closed.address(),
            closed.port(),
            closed.names(),
            closed.tlsCert(),
            closed.tlsKey(),
            closed.tokens(),
            issuer.config(),
            closed.session(),
            closed.sessionIdle(),
            closed.commands(),
            closed.approval()));
  }

  private String token(Served served, String role) {
    return KEY.token(claims(served, role));
  }

  private Map<String, Object> claims(Served served, String role) {
    return issuer.claims(role, served.clock.instant());
  }

  private String longToken(Served served, int more) {
    Map<String, Object> claims = claims(served, "staff");
    claims.put("groups", List.of("g".repeat(more)));
    return KEY.token(claims);
  }

  private static Wire.Response logIn(Served served, String token) throws Exception {
    return Wire.ask(served.port, "POST", "/login", "token=" + token);
  }

  private static String bearer(String token) {
    return "Authorization: Bearer " + token;
  }

  private static JsonNode json(Wire.Response answer) throws Exception {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }
}
