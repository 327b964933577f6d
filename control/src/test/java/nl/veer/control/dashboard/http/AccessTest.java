package nl.veer.control.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import nl.veer.control.config.DashboardRole;
import nl.veer.control.dashboard.api.DifferencePage;
import nl.veer.control.dashboard.route.Route;
import org.junit.jupiter.api.Test;

/** Who may look. */
class AccessTest {
  private static final String WAVES = "/api/v1/waves";

  @Test
  void everybodyOnThisMachineMayLookWhereNoTokensAreConfigured() throws Exception {
    try (Served served = Served.open()) {
      assertThat(served.get(WAVES).status()).isEqualTo(200);
      assertThat(served.get("/login").status()).isEqualTo(303);
    }
  }

  @Test
  void onlyWhoHasATokenMayLookWhereTheyAreConfigured() throws Exception {
    try (Served served = Served.with(Served.closed())) {
      for (Route route : served.routes) {
        String path = route.path().replaceAll("\\{[a-z]+}", "main");
        Wire.Response none = route.isAction() ? served.post(path, "{}") : served.get(path);
        assertThat(none.status()).as(path).isEqualTo(401);
        assertThat(none.body()).contains("\"TOKEN\"").doesNotContain("verdict");
        assertThat(none.header("www-authenticate")).startsWith("Bearer");
      }
      assertThat(served.get("/api/v1/openapi.json").status()).isEqualTo(401);
      assertThat(served.get(WAVES, bearer(Served.VIEWER)).status()).isEqualTo(200);
      assertThat(served.get(WAVES, bearer(Served.VIEWER + "x")).status()).isEqualTo(401);
      assertThat(served.get(WAVES, "Authorization: Basic " + Served.VIEWER).status())
          .isEqualTo(401);
      assertThat(served.get(WAVES, "Cookie: veer_session=" + Served.VIEWER).status())
          .isEqualTo(401);
      for (String cookie :
          List.of("=", ";;;", "veer_session", "veer_session=\"", "\u0001=\u0002")) {
        assertThat(served.get(WAVES, "Cookie: " + cookie).status()).as(cookie).isBetween(400, 401);
      }
      assertThat(served.view.records).hasValue(0);
    }
  }

  @Test
  void whatTheProcessTellsOfItselfIsTold() throws Exception {
    try (Served served = Served.open()) {
      Wire.Response live = served.get("/health/live");
      assertThat(live.status()).isEqualTo(503);
      assertThat(live.body()).isEqualTo("{\"reasons\": []}");
      Wire.Response metrics = served.get("/metrics");
      assertThat(metrics.body()).isEqualTo("veer_lag_seconds 1.0\n");
      assertThat(metrics.header("content-type")).startsWith("text/plain; version=0.0.4");
      assertThat(served.get("/metrics/more").status()).isEqualTo(404);
    }
    try (Served served = Served.with(Served.closed())) {
      Wire.Response live = served.get("/health/live");
      assertThat(live.status()).as("whoever restarts processes has no token").isEqualTo(503);
      assertThat(live.body()).isEqualTo("{}");
      assertThat(served.get("/metrics").status()).isEqualTo(401);
      assertThat(served.scrapes).as("nothing is made for a stranger").hasValue(0);
      assertThat(served.get("/metrics", bearer(Served.VIEWER)).body()).contains("veer_lag");
      assertThat(served.get("/health/live", bearer(Served.VIEWER)).body()).contains("reasons");
    }
  }

  @Test
  void whatTheProcessTellsOfItselfIsMadeForFewAtATime() throws Exception {
    try (Served served = Served.open()) {
      CountDownLatch mayTell = new CountDownLatch(1);
      served.mayTell = mayTell;
      List<CompletableFuture<Integer>> asked = new ArrayList<>();
      ExecutorService clients = Executors.newFixedThreadPool(40);
      try {
        for (int i = 0; i < 40; i++) {
          asked.add(CompletableFuture.supplyAsync(() -> served.status("/metrics"), clients));
        }
        await().until(() -> asked.stream().filter(CompletableFuture::isDone).count() == 6);
        assertThat(served.scrapes).hasValue(2);
        mayTell.countDown();

        assertThat(asked.stream().map(CompletableFuture::join).filter(one -> one == 200).count())
            .isEqualTo(34);
        assertThat(asked.stream().map(CompletableFuture::join).filter(one -> one == 503).count())
            .isEqualTo(6);
      } finally {
        mayTell.countDown();
        clients.shutdownNow();
      }
    }
  }

  @Test
  void aRoleCoversWhatLesserRolesMay() throws Exception {
    Route operators =
        new Route(
            "/api/v1/operators",
            "operators",
            "For operators.",
            List.of(),
            DashboardRole.OPERATOR,
            new Route.Body(
                DifferencePage.class,
                asked -> CompletableFuture.completedFuture(new DifferencePage(List.of()))));
    try (Served served = Served.with(Served.closed(), operators)) {
      Wire.Response viewer = served.get("/api/v1/operators", bearer(Served.VIEWER));
      assertThat(viewer.status()).isEqualTo(403);
      assertThat(viewer.body()).contains("\"ROLE\"", "anna has viewer");
      assertThat(served.get("/api/v1/operators", bearer(Served.OPERATOR)).status()).isEqualTo(200);
      assertThat(served.get(WAVES, bearer(Served.OPERATOR)).status()).isEqualTo(200);
    }
    try (Served served = Served.with(Served.OPEN, operators)) {
      assertThat(served.get("/api/v1/operators").status()).isEqualTo(200);
    }
  }

  @Test
  void aBrowserLogsInWithATokenAndIsLoggedOutAfterAWhile() throws Exception {
    try (Served served = Served.with(Served.closed())) {
      assertThat(served.get("/").header("location")).isEqualTo("/login");
      assertThat(served.get("/login").body()).contains("<form method=\"post\"");
      assertThat(served.get("/login", "Accept-Language: nl-NL").body())
          .contains("<html lang=\"nl\">", "Uw token");
      Wire.Response wrong = post(served, "/login", "token=wrong");
      assertThat(wrong.status()).isEqualTo(401);
      assertThat(wrong.body()).contains("Nobody has this token");
      assertThat(wrong.header("set-cookie")).isEmpty();

      String cookie = logIn(served);
      assertThat(served.get("/", cookie).body()).contains("Veer: shop", "Log out");
      assertThat(served.get(WAVES, cookie).status()).isEqualTo(200);
      for (int i = 0; i < 2; i++) {
        served.clock.putOn(Duration.ofMinutes(29));
        assertThat(served.get(WAVES, cookie).status()).as("in use").isEqualTo(200);
      }
      served.clock.putOn(Duration.ofMinutes(2));
      assertThat(served.get(WAVES, cookie).status()).as("in use for an hour").isEqualTo(401);

      String another = logIn(served);
      Wire.Response out = post(served, "/logout", "", another);
      assertThat(out.header("set-cookie")).contains("Max-Age=0");
      assertThat(served.get(WAVES, another).status()).isEqualTo(401);
    }
  }

  @Test
  void aFormFromElsewhereIsRefused() throws Exception {
    try (Served served = Served.with(Served.closed())) {
      String form = "token=" + Served.VIEWER;
      for (String foreign :
          List.of(
              "Origin: http://evil.example.org",
              "Origin: null",
              "Origin: http://localhost:1",
              "Sec-Fetch-Site: cross-site")) {
        Wire.Response refused = post(served, "/login", form, foreign);
        assertThat(refused.status()).as(foreign).isEqualTo(403);
        assertThat(refused.header("set-cookie")).isEmpty();
      }
      assertThat(post(served, "/login", form, "Origin: http://localhost:" + served.port).status())
          .isEqualTo(303);
    }
  }

  @Test
  void aForeignPageMayNotEvenHaveAGateLookedAt() throws Exception {
    try (Served served = Served.open()) {
      Wire.Response refused = served.get("/api/v1/gate", "Sec-Fetch-Site: cross-site");
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.body()).contains("\"ORIGIN\"");
      assertThat(served.view.records).hasValue(0);
      assertThat(served.get("/", "Sec-Fetch-Site: cross-site").status())
          .as("a link leads here")
          .isEqualTo(200);
      for (String own : List.of("same-origin", "none")) {
        assertThat(served.get("/api/v1/gate", "Sec-Fetch-Site: " + own).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void aRequestForAnotherNameIsRefused() throws Exception {
    try (Served served = Served.open()) {
      for (String name :
          List.of("evil.example.org", "localhost.evil.example.org", "10.0.0.1", "")) {
        Wire.Response refused = served.get(WAVES, "Host: " + name);
        assertThat(refused.status()).as(name).isBetween(400, 421);
        assertThat(refused.body()).doesNotContain("verdict");
      }
      assertThat(Wire.ask(served.port, "GET", "http://evil.example.org/", "").status())
          .isBetween(400, 421);
      for (String name : List.of("localhost", "127.0.0.1:8420", "LocalHost:1", "[::1]:9")) {
        assertThat(served.get(WAVES, "Host: " + name).status()).as(name).isEqualTo(200);
      }
      assertThat(served.view.records).hasValue(0);
    }
    try (Served served = Served.with(Served.closed())) {
      assertThat(served.get("/login", "Host: dash.example.org").status()).isEqualTo(200);
    }
  }

  @Test
  void eachReplyKeepsOtherPagesAway() throws Exception {
    try (Served served = Served.open()) {
      for (String path :
          List.of("/", "/assets/dashboard.css", WAVES, "/api/v1/report/html", "/nothing", "/%")) {
        Wire.Response answer = served.get(path, "Origin: http://evil.example.org");
        assertThat(answer.header("content-security-policy"))
            .as(path)
            .contains("default-src 'self'", "frame-ancestors 'none'")
            .doesNotContain("unsafe");
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(answer.header("referrer-policy")).isEqualTo("same-origin");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(answer.headers())
            .doesNotContainKeys("access-control-allow-origin", "server", "x-powered-by");
      }
      assertThat(served.get("/api/v1/report/html").header("content-disposition"))
          .isEqualTo("attachment; filename=\"veer-report-shop.html\"");
    }
  }

  @Test
  void whoAsksTooOftenIsRefused() throws Exception {
    try (Served served = Served.allowing(3)) {
      for (int i = 0; i < 3; i++) {
        assertThat(served.get(WAVES).status()).isEqualTo(200);
      }
      Wire.Response refused = served.get(WAVES);
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("retry-after")).isEqualTo("1");
    }
  }

  @Test
  void eachClientHasItsOwnLimitThatGrowsAgain() {
    AtomicLong nanos = new AtomicLong();
    RateLimit rate = new RateLimit(2, 10, nanos::get);
    assertThat(rate.allows("a")).isTrue();
    assertThat(rate.allows("a")).isTrue();
    assertThat(rate.allows("a")).isFalse();
    assertThat(rate.allows("b")).isTrue();
    nanos.addAndGet(Duration.ofMillis(100).toNanos());
    assertThat(rate.allows("a")).isTrue();
    assertThat(rate.allows("a")).isFalse();
  }

  private static String bearer(String token) {
    return "Authorization: Bearer " + token;
  }

  private static String logIn(Served served) throws Exception {
    Wire.Response well = post(served, "/login", "token=" + Served.VIEWER);
    assertThat(well.status()).isEqualTo(303);
    assertThat(well.header("location")).isEqualTo("/");
    assertThat(well.header("set-cookie"))
        .contains("HttpOnly", "SameSite=Strict", "Max-Age=3600")
        .doesNotContain(Served.VIEWER);
    return "Cookie: " + well.header("set-cookie").split(";", 2)[0];
  }

  private static Wire.Response post(Served served, String path, String form, String... headers)
      throws Exception {
    return Wire.ask(served.port, "POST", path, form, headers);
  }
}
