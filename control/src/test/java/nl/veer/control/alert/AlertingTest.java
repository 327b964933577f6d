package nl.veer.control.alert;

import static nl.veer.control.reading.SampleWave.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.connectors.failure.Pauses;
import nl.veer.control.config.AlertsConfig;
import nl.veer.control.config.MailConfig;
import nl.veer.control.config.MailTls;
import nl.veer.control.config.SampleConfigs;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.config.WebhookConfig;
import nl.veer.control.config.WebhookForm;
import nl.veer.control.reading.RoleState;
import nl.veer.control.reading.SampleWave;
import nl.veer.verifier.verdict.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AlertingTest {
  private static final Duration QUICK = Duration.ofMillis(10);
  private static final Pauses PAUSES = new Pauses(QUICK, QUICK, QUICK, QUICK);

  @Test
  void aWebhookGetsAllThatIsSaidAsJson() throws Exception {
    try (HookServer hook = new HookServer(request -> 204);
        Alerting alerting = alerting(webhook(hook, WebhookForm.JSON, "t0ken"))) {
      alerting.accept(different().alone(NOW));
      await().until(() -> hook.bodies.size() == 1);

      JsonNode json = new ObjectMapper().readTree(hook.bodies.get(0));
      assertThat(json.path("id").asText()).isEqualTo("shop/main/difference");
      assertThat(json.path("status").asText()).isEqualTo("firing");
      assertThat(json.path("rule").asText()).isEqualTo("difference");
      assertThat(json.path("severity").asText()).isEqualTo("critical");
      assertThat(json.path("migration").asText()).isEqualTo("shop");
      assertThat(json.path("wave").asText()).isEqualTo("main");
      assertThat(json.path("what").asText()).startsWith("2 rows or findings stand open");
      assertThat(json.path("since").asText()).isEqualTo("2026-03-01T12:00:00Z");
      assertThat(json.path("action").asText()).contains("veer diff");
      assertThat(json.path("more").asText()).isEqualTo("docs/operations.md#difference");
      assertThat(hook.authorizations).containsExactly("Bearer t0ken");
    }
  }

  @Test
  void aChatGetsTextInWhichNothingIsACommand() throws Exception {
    try (HookServer hook = new HookServer(request -> 200);
        Alerting alerting = alerting(webhook(hook, WebhookForm.SLACK, null))) {
      alerting.ended(
          new Failure(FailureKind.BUG, "UNEXPECTED", "Table <!channel> & more\nfailed."), NOW);
      await().until(() -> hook.bodies.size() == 1);

      JsonNode json = new ObjectMapper().readTree(hook.bodies.get(0));
      assertThat(json.size()).isEqualTo(1);
      assertThat(json.path("text").asText())
          .startsWith("CRITICAL role-failed: migration shop\n")
          .contains("UNEXPECTED: Table &lt;!channel&gt; &amp; more failed.");
      assertThat(hook.authorizations).containsExactly("null");
    }
  }

  @Test
  void whatIsOverIsToldAndNothingTwice() throws Exception {
    try (HookServer hook = new HookServer(request -> 200);
        Alerting alerting = alerting(webhook(hook, WebhookForm.JSON, null))) {
      for (int second = 0; second < 60; second += 5) {
        alerting.accept(different().alone(NOW.plusSeconds(second)));
      }
      for (int second = 60; second < 120; second += 5) {
        alerting.accept(new SampleWave().alone(NOW.plusSeconds(second)));
      }
      await().until(() -> sent(alerting) == 2);

      assertThat(hook.bodies).hasSize(2);
      assertThat(hook.bodies.get(0)).contains("\"status\":\"firing\"");
      assertThat(hook.bodies.get(1)).contains("\"status\":\"resolved\"");
      assertThat(alerting.figures().firing()).containsEntry(AlertRule.DIFFERENCE, 0);
    }
  }

  @Test
  void whatDoesNotGoIsTriedAgainInItsOrder() throws Exception {
    try (HookServer hook = new HookServer(request -> request < 3 ? 503 : 200);
        Alerting alerting = alerting(webhook(hook, WebhookForm.JSON, null))) {
      alerting.accept(different().alone(NOW));
      alerting.accept(
          different().role("capture", RoleState.INCIDENT, NOW).alone(NOW.plusSeconds(5)));
      await().until(() -> sent(alerting) == 2);

      assertThat(hook.bodies).hasSize(4);
      assertThat(hook.bodies.subList(0, 3)).allMatch(body -> body.contains("difference"));
      assertThat(hook.bodies.get(3)).contains("\"rule\":\"incident\"");
      assertThat(outcomes(alerting)).containsEntry("retried", 2L);
    }
  }

  @Test
  void whatIsRefusedIsNotInTheWayOfTheNextAndArrivesOnceItsCauseIsMended() throws Exception {
    AtomicInteger status = new AtomicInteger(404);
    try (HookServer hook =
            new HookServer(
                (request, body) -> body.contains("\"rule\":\"difference\"") ? status.get() : 200);
        Alerting alerting = alerting(webhook(hook, WebhookForm.JSON, null))) {
      alerting.accept(different().alone(NOW));
      await().until(() -> outcome(alerting, "refused") == 1);
      assertThat(channel(alerting).trouble())
          .satisfies(trouble -> assertThat(trouble.code()).isEqualTo("ALERT_REFUSED"));
      assertThat(channel(alerting).waiting()).isEqualTo(1);
      alerting.accept(
          different().role("capture", RoleState.INCIDENT, NOW).alone(NOW.plusSeconds(5)));
      await().until(() -> sent(alerting) == 1);
      await().until(() -> outcome(alerting, "retried") > 1);

      status.set(200);

      await().until(() -> sent(alerting) == 2);
      assertThat(channel(alerting).trouble()).isNull();
      assertThat(channel(alerting).waiting()).isZero();
      assertThat(hook.bodies.get(hook.bodies.size() - 1)).contains("\"rule\":\"difference\"");
    }
  }

  @Test
  void ofAnAlertThatWasRefusedOnlyTheLastWordIsSaid() throws Exception {
    AtomicInteger status = new AtomicInteger(401);
    try (HookServer hook = new HookServer((request, body) -> status.get());
        Alerting alerting = alerting(webhook(hook, WebhookForm.JSON, null))) {
      alerting.accept(different().alone(NOW));
      await().until(() -> outcome(alerting, "refused") == 1);
      alerting.accept(new SampleWave().alone(NOW.plusSeconds(10)));
      alerting.accept(new SampleWave().alone(NOW.plusSeconds(60)));
      await().until(() -> outcome(alerting, "refused") == 2);
      assertThat(channel(alerting).waiting()).isEqualTo(1);
      int refused = hook.bodies.size();

      status.set(200);

      await().until(() -> sent(alerting) == 1);
      assertThat(hook.bodies.subList(refused, hook.bodies.size()))
          .allMatch(body -> body.contains("\"status\":\"resolved\""));
    }
  }

  @Test
  void anAnswerThatNeverEndsIsNotWaitedFor() throws Exception {
    try (ServerSocket endless = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread server = new Thread(() -> beginToAnswer(endless), "endless answer");
      server.start();
      WebhookConfig webhook =
          new WebhookConfig(
              new Secret("http://127.0.0.1:%d/".formatted(endless.getLocalPort())),
              WebhookForm.JSON,
              null);

      new Webhook("w", webhook).send(late());
      server.join();
    }
  }

  /** Returns when the other side has hung up. */
  private static void beginToAnswer(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket
          .getOutputStream()
          .write(
              "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1234"
                  .getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // It was hung up on.
    }
  }

  @Test
  void aChannelThatIsAwayHoldsNobodyUpAndKeepsNoSecretInItsWords() throws Exception {
    WebhookConfig away =
        new WebhookConfig(
            new Secret("http://127.0.0.1:%d/s3cret".formatted(unused())), WebhookForm.JSON, null);
    Alerting alerting = alerting(away);
    try {
      hold(alerting);
    } finally {
      alerting.closeWithin(Duration.ZERO);
    }
    try (HookServer nothing = new HookServer(request -> 500)) {
      assertThat(refusal(new Webhook("w", webhook(nothing, WebhookForm.JSON, "t0ken"))))
          .contains("127.0.0.1")
          .doesNotContain("s3cret", "t0ken");
    }
    assertThat(refusal(new Webhook("w", away))).doesNotContain("s3cret");
  }

  private static void hold(Alerting alerting) {
    long begin = System.nanoTime();
    for (int i = 0; i < 2_500; i++) {
      // Fires, is quiet, is over.
      alerting.accept(
          (i % 3 == 0 ? different() : new SampleWave()).alone(NOW.plusSeconds(60L * i)));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    await().until(() -> outcome(alerting, "retried") > 0);

    assertThat(alerting.figures().channels().get(0).waiting()).isLessThanOrEqualTo(1_000);
    assertThat(outcome(alerting, "dropped")).isPositive();
  }

  private static AlertMessage late() {
    return AlertMessage.of(
        new AlertKey(AlertRule.LAG, "main", ""),
        AlertMessage.Status.FIRING,
        "shop",
        "late",
        NOW,
        NOW);
  }

  private static String refusal(Channel channel) {
    Throwable failed = org.assertj.core.api.Assertions.catchThrowable(() -> channel.send(late()));
    assertThat(failed)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo("ALERT_UNSENT"));
    return String.valueOf(failed.getMessage());
  }

  @Test
  void anEndWaitsAMomentForTheLastWords() throws Exception {
    try (HookServer hook = new HookServer(request -> 200)) {
      Alerting alerting = alerting(webhook(hook, WebhookForm.JSON, null));
      alerting.ended(new Failure(FailureKind.BUG, "UNEXPECTED", "It failed."), NOW);
      alerting.close();

      assertThat(hook.bodies).hasSize(1);
    }
  }

  @Test
  void theRunsEndIsToldThoughARoleHadEndedAloneBefore() throws Exception {
    try (HookServer hook = new HookServer(request -> 200);
        Alerting alerting = alerting(webhook(hook, WebhookForm.JSON, null))) {
      alerting.accept(new SampleWave().role("echo", RoleState.FAILED, NOW).alone(NOW));
      await().until(() -> sent(alerting) == 1);
      alerting.ended(
          new Failure(FailureKind.BUG, "UNEXPECTED", "It failed."), NOW.plusSeconds(99_999));
      await().until(() -> sent(alerting) == 2);

      assertThat(hook.bodies.get(0)).contains("\"id\":\"shop/main/role-failed/echo\"");
      assertThat(hook.bodies.get(1)).contains("\"id\":\"shop/role-failed\"", "The run has ended.");
    }
  }

  @Test
  void mailGoesToEachWithTheWordsInItsBody() throws Exception {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    MailConfig mail =
        new MailConfig(
            "127.0.0.1",
            server.getSmtp().getPort(),
            MailTls.NONE,
            null,
            null,
            "veer@example.org",
            List.of("one@example.org", "two@example.org"));
    try (Alerting alerting = Alerting.start(config(List.of(), mail), PAUSES)) {
      alerting.accept(different().alone(NOW));
      await().until(() -> server.getReceivedMessages().length == 2);

      MimeMessage received = server.getReceivedMessages()[0];
      assertThat(received.getSubject()).isEqualTo("[veer] CRITICAL difference: wave shop/main");
      assertThat(received.getFrom()[0]).hasToString("veer@example.org");
      assertThat(GreenMailUtil.getBody(received))
          .contains("2 rows or findings stand open", "docs/operations.md#difference");
    } finally {
      server.stop();
    }
  }

  @Test
  void aReceiverWhoIsRefusedKeepsTheMailFromNobodyElse() throws Exception {
    for (int code : List.of(550, 450)) {
      try (PickyMailServer server = new PickyMailServer(code, "gone@")) {
        MailConfig mail =
            new MailConfig(
                "127.0.0.1",
                server.port(),
                MailTls.NONE,
                null,
                null,
                "veer@example.org",
                List.of("gone@example.org", "one@example.org"));
        try (Alerting alerting = Alerting.start(config(List.of(), mail), PAUSES)) {
          alerting.accept(different().alone(NOW));
          await().until(() -> outcome(alerting, "refused") == 1);
        }
        assertThat(server.receivers).as("once").containsExactly("<one@example.org>");
        assertThat(server.mails).hasValue(1);
      }
    }
  }

  @Test
  void aMailServerWithoutTlsIsNotSpokenToWhereItIsAskedFor() throws Exception {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    MailConfig mail =
        new MailConfig(
            "127.0.0.1",
            server.getSmtp().getPort(),
            MailTls.STARTTLS,
            "veer",
            new Secret("s3cret"),
            "veer@example.org",
            List.of("one@example.org"));
    try {
      assertThat(refusal(new Mail(mail))).doesNotContain("s3cret");
      assertThat(server.getReceivedMessages()).isEmpty();
    } finally {
      server.stop();
    }
  }

  private static int unused() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static SampleWave different() {
    SampleWave wave = new SampleWave();
    wave.verdict = SampleWave.verdict(1, new Verdict.Different(2));
    return wave;
  }

  private static WebhookConfig webhook(HookServer hook, WebhookForm form, @Nullable String token) {
    return new WebhookConfig(
        new Secret(hook.url()), form, token == null ? null : new Secret(token));
  }

  private static Alerting alerting(WebhookConfig webhook) {
    return Alerting.start(config(List.of(webhook), null), PAUSES);
  }

  private static VeerConfig config(List<WebhookConfig> webhooks, @Nullable MailConfig mail) {
    return SampleConfigs.shop(
        new AlertsConfig(
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofHours(24),
            null,
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofHours(1),
            Duration.ofDays(365),
            Duration.ofHours(12),
            webhooks,
            mail));
  }

  private static long sent(Alerting alerting) {
    return outcome(alerting, "sent");
  }

  private static long outcome(Alerting alerting, String outcome) {
    return outcomes(alerting).getOrDefault(outcome, 0L);
  }

  private static Map<String, Long> outcomes(Alerting alerting) {
    return channel(alerting).outcomes();
  }

  private static AlertFigures.ChannelFigures channel(Alerting alerting) {
    return alerting.figures().channels().get(0);
  }
}
