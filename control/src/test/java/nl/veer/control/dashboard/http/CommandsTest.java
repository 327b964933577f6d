package nl.veer.control.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import nl.veer.control.dashboard.PlainView;
import nl.veer.control.dashboard.command.CommandOutcome;
import org.junit.jupiter.api.Test;

/** What is asked of the migration over the dashboard, by whom, and what comes of it. */
class CommandsTest {
  private static final String MAIN = "/api/v1/waves/main/commands";
  private static final String VIEWER = bearer(Served.VIEWER);
  private static final String OPERATOR = bearer(Served.OPERATOR);
  private static final String APPROVER = bearer(Served.APPROVER);
  private static final String CUTOVER = "{\"command\":\"CUTOVER\",\"confirm\":\"main\"}";
  private static final String ABORT = "{\"command\":\"ABORT\"}";

  @Test
  void anOperatorHasItDoneAndEverybodySeesWhatCameOfIt() throws Exception {
    try (Served served = Served.with(Served.closed())) {
      served.driver.hold();
      Wire.Response taken =
          served.post(
              MAIN,
              "{\"command\":\"REHEARSE\",\"reason\":\"a try\",\"budgetMillis\":800}",
              OPERATOR);
      assertThat(taken.status()).isEqualTo(202);
      JsonNode asked = json(taken);
      assertThat(asked.path("state").asText()).isEqualTo("RUNNING");
      assertThat(asked.path("askedBy").asText()).isEqualTo("otto");
      await().until(() -> !served.driver.driven.isEmpty());
      assertThat(served.driver.driven.get(0).budget()).isEqualTo(Duration.ofMillis(800));
      assertThat(served.driver.audit)
          .containsExactly(
              "main | dashboard: rehearse within 800 ms, asked by otto: a try | asked for");
      assertThat(first(served).path("words").asText()).isEqualTo("FENCED begins.");

      served.driver.mayEnd.raise();
      JsonNode done = ended(served, asked);
      assertThat(done.path("state").asText()).isEqualTo("DONE");
      assertThat(done.path("result").asText()).isEqualTo("REHEARSED");
      assertThat(done.path("endedAt").isNull()).isFalse();
      assertThat(served.driver.audit).last().asString().endsWith("| done: REHEARSED");
    }
  }

  @Test
  void aViewerMayNotAndThatIsKept() throws Exception {
    try (Served served = Served.with(Served.closed())) {
      Wire.Response refused = served.post(MAIN, CUTOVER, VIEWER);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.body()).contains("\"ROLE\"", "anna has viewer");
      assertThat(served.post(MAIN, "nonsense", VIEWER).status()).isEqualTo(403);
      assertThat(served.post("/api/v1/commands/1/approval", "{}", OPERATOR).status())
          .isEqualTo(403);
      await().until(() -> served.driver.audit.size() == 3);
      assertThat(served.driver.audit)
          .containsExactlyInAnyOrder(
              "main | dashboard: cutover, asked by anna | refused: ROLE",
              "main | dashboard: a command, asked by anna | refused: ROLE",
              " | dashboard: an approval, asked by otto | refused: ROLE");
      assertThat(allowed(served, VIEWER, "main")).isEmpty();
      assertThat(served.driver.driven).isEmpty();
    }
  }

  @Test
  void whoIsNotKnownIsNotKeptForAnybodyCanDoThat() throws Exception {
    try (Served served = Served.with(Served.closed())) {
      assertThat(served.post(MAIN, CUTOVER).status()).isEqualTo(401);
      assertThat(served.post(MAIN, CUTOVER, bearer("x")).status()).isEqualTo(401);
      served.commands.close();
      assertThat(served.driver.audit).isEmpty();
    }
  }

  @Test
  void aForeignPageDrivesNothing() throws Exception {
    try (Served served = Served.open()) {
      String csrf = "X-Veer-Csrf: " + json(served.get("/api/v1/session")).path("csrf").asText();
      assertThat(served.post(MAIN, ABORT).body()).contains("\"CSRF\"");
      assertThat(served.post(MAIN, ABORT, "X-Veer-Csrf: guess").status()).isEqualTo(403);
      for (String foreign :
          List.of("Origin: http://evil.example.org", "Sec-Fetch-Site: cross-site")) {
        assertThat(served.post(MAIN, ABORT, csrf, foreign).body()).contains("\"ORIGIN\"");
      }
      assertThat(served.driver.driven).isEmpty();
      await().until(() -> served.driver.audit.size() == 4);
      assertThat(served.driver.audit.get(0))
          .isEqualTo("main | dashboard: a command, asked by local | refused: CSRF");
      assertThat(served.post(MAIN, ABORT, csrf).status()).isEqualTo(202);
    }
    try (Served served = Served.with(Served.closed())) {
      String session = served.logIn(Served.OPERATOR);
      assertThat(served.post(MAIN, ABORT, session).status()).isEqualTo(403);
      String csrf =
          "X-Veer-Csrf: " + json(served.get("/api/v1/session", session)).path("csrf").asText();
      assertThat(served.post(MAIN, ABORT, session, csrf).status()).isEqualTo(202);
      String another = served.logIn(Served.OPERATOR);
      assertThat(served.post(MAIN, ABORT, another, csrf).status())
          .as("each session has its own")
          .isEqualTo(403);
    }
  }

  @Test
  void whoIsRefusedAgainAndAgainDoesNotFillTheLog() throws Exception {
    try (Served served = Served.open()) {
      for (int i = 0; i < 60; i++) {
        assertThat(served.post(MAIN, ABORT).status()).isEqualTo(403);
      }
      served.commands.close();
      assertThat(served.driver.audit).hasSizeBetween(20, 40);
    }
  }

  @Test
  void oneAtATimeInAWaveAndTheGateIsNotAskedTwice() throws Exception {
    try (Served served = Served.with(Served.closed())) {
      served.driver.hold();
      JsonNode scan = json(served.post(MAIN, "{\"command\":\"SCAN\"}", OPERATOR));
      Wire.Response second = served.post(MAIN, CUTOVER, OPERATOR);
      assertThat(second.status()).isEqualTo(409);
      assertThat(second.body()).contains("COMMAND_RUNS", "scan");
      assertThat(allowed(served, OPERATOR, "main")).containsExactly("ABORT");
      assertThat(
              served
                  .post("/api/v1/waves/dark/commands", "{\"command\":\"SCAN\"}", OPERATOR)
                  .status())
          .as("another wave")
          .isEqualTo(202);
      served.driver.mayEnd.raise();
      ended(served, scan);
      assertThat(served.post(MAIN, CUTOVER, OPERATOR).status()).isEqualTo(202);
    }
  }

  @Test
  void whatIsOfferedIsWhatTheWaysSideAllows() throws Exception {
    try (Served served = Served.with(Served.closed())) {
      assertThat(allowed(served, OPERATOR, "main"))
          .as("before the first reading no side is known")
          .contains("CUTOVER", "FALLBACK");
      assertThat(served.get("/api/v1/waves", OPERATOR).status()).isEqualTo(200);
      assertThat(allowed(served, OPERATOR, "main"))
          .containsExactly("PAUSE", "RESUME", "SCAN", "REHEARSE", "CUTOVER", "ABORT");
    }
    try (Served served = Served.with(Served.closed(false, false))) {
      assertThat(allowed(served, APPROVER, "main")).isEmpty();
      Wire.Response off = served.post(MAIN, "{\"command\":\"SCAN\"}", APPROVER);
      assertThat(off.status()).isEqualTo(403);
      assertThat(off.body()).contains("COMMANDS_OFF");
    }
  }

  @Test
  void abortGivesUpWhatIsUnderWayHere() throws Exception {
    try (Served served = Served.with(Served.closed())) {
      served.driver.hold();
      JsonNode cutover = json(served.post(MAIN, CUTOVER, OPERATOR));
      await().until(() -> !served.driver.driven.isEmpty());
      JsonNode abort = json(served.post(MAIN, ABORT, OPERATOR));
      assertThat(ended(served, cutover).path("failureCode").asText()).isEqualTo("CUTOVER_STOPPED");
      JsonNode done = ended(served, abort);
      assertThat(done.path("state").asText()).as(done.toString()).isEqualTo("DONE");
      assertThat(done.path("result").asText()).isEqualTo("ABORTED");
    }
  }

  @Test
  void abortSaysWhatCameOfAnAttemptThatAnotherProcessHasLeft() throws Exception {
    try (Served served = Served.with(Served.closed())) {
      JsonNode none = ended(served, json(served.post(MAIN, ABORT, OPERATOR)));
      assertThat(none.path("state").asText()).isEqualTo("REFUSED");
      assertThat(none.path("failureCode").asText()).isEqualTo("NOTHING_STANDS");
      served.driver.abort = CommandOutcome.done("ABORTED", "Attempt 3 is undone.");
      JsonNode undone = ended(served, json(served.post(MAIN, ABORT, OPERATOR)));
      assertThat(undone.path("result").asText()).isEqualTo("ABORTED");
    }
  }

  @Test
  void aSecondPersonSaysYesToExactlyThis() throws Exception {
    try (Served served = Served.with(Served.closed(true, true))) {
      JsonNode waits = json(served.post(MAIN, CUTOVER, OPERATOR));
      assertThat(waits.path("state").asText()).isEqualTo("WAITING_APPROVAL");
      assertThat(waits.path("approvalUntil").asText())
          .isEqualTo(served.clock.instant().plus(Duration.ofMinutes(15)).toString());
      assertThat(served.driver.driven).isEmpty();
      assertThat(served.post(MAIN, CUTOVER, OPERATOR).body()).contains("COMMAND_WAITS");
      assertThat(decide(served, "0123456789abcdef", true, APPROVER).status()).isEqualTo(404);

      JsonNode yes = json(decide(served, waits.path("id").asText(), true, APPROVER));
      assertThat(yes.path("approvedBy").asText()).isEqualTo("petra");
      assertThat(ended(served, waits).path("result").asText()).isEqualTo("OPENED");
      assertThat(decide(served, waits.path("id").asText(), true, APPROVER).body())
          .contains("COMMAND_OVER");
      assertThat(served.driver.driven).hasSize(1);
      await().until(() -> served.driver.audit.stream().anyMatch(one -> one.contains("done")));
      assertThat(served.driver.audit)
          .contains(
              "main | dashboard: cutover, asked by otto | asked for, waits for approval",
              "main | dashboard: cutover, asked by otto | approved by petra",
              "main | dashboard: cutover, asked by otto | done: OPENED");
    }
  }

  @Test
  void nobodySaysYesToWhatTheyHaveAskedForThemselves() throws Exception {
    try (Served served = Served.with(Served.closed(true, true))) {
      String id = json(served.post(MAIN, CUTOVER, APPROVER)).path("id").asText();
      Wire.Response own = decide(served, id, true, APPROVER);
      assertThat(own.status()).isEqualTo(403);
      assertThat(own.body()).contains("APPROVAL_OWN");
      assertThat(decide(served, id, true, OPERATOR).body()).contains("\"ROLE\"");
      assertThat(first(served).path("state").asText()).isEqualTo("WAITING_APPROVAL");
      assertThat(served.driver.driven).isEmpty();
    }
  }

  @Test
  void aNoEndsItAndAYesThatComesTooLateIsNone() throws Exception {
    try (Served served = Served.with(Served.closed(true, true))) {
      String id = json(served.post(MAIN, CUTOVER, OPERATOR)).path("id").asText();
      JsonNode no = json(decide(served, id, false, APPROVER));
      assertThat(no.path("state").asText()).isEqualTo("REFUSED");
      assertThat(no.path("failureCode").asText()).isEqualTo("DECLINED");

      String late = json(served.post(MAIN, CUTOVER, OPERATOR)).path("id").asText();
      served.clock.putOn(Duration.ofMinutes(15));
      assertThat(decide(served, late, true, APPROVER).status()).isEqualTo(409);
      assertThat(first(served).path("state").asText()).isEqualTo("EXPIRED");
      assertThat(served.driver.driven).isEmpty();
      await().until(() -> served.driver.audit.toString().contains("refused: APPROVAL_EXPIRED"));
    }
  }

  @Test
  void aRehearsalWaitsForNobodyAndAbortWithdrawsWhatWaits() throws Exception {
    try (Served served = Served.with(Served.closed(true, true))) {
      JsonNode waits = json(served.post(MAIN, CUTOVER, OPERATOR));
      ended(served, json(served.post(MAIN, "{\"command\":\"REHEARSE\"}", OPERATOR)));
      JsonNode abort = ended(served, json(served.post(MAIN, ABORT, OPERATOR)));
      assertThat(abort.path("result").asText()).isEqualTo("ABORTED");
      assertThat(ended(served, waits).path("failureCode").asText()).isEqualTo("WITHDRAWN");
    }
  }

  @Test
  void whatCannotBeKeptIsNotDone() throws Exception {
    try (Served served = Served.with(Served.closed(true, true))) {
      String id = json(served.post(MAIN, CUTOVER, OPERATOR)).path("id").asText();
      served.driver.failAudit(PlainView.away());
      Wire.Response refused = served.post(MAIN, "{\"command\":\"SCAN\"}", OPERATOR);
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.body()).contains("TARGET_UNREACHABLE");
      assertThat(decide(served, id, true, APPROVER).status()).isEqualTo(503);
      assertThat(served.driver.driven).isEmpty();
      assertThat(first(served).path("state").asText())
          .as("it waits as before, and the scan was never taken")
          .isEqualTo("WAITING_APPROVAL");
      served.driver.failAudit(null);
      assertThat(decide(served, id, true, APPROVER).status()).isEqualTo(200);
    }
  }

  @Test
  void theEndOfTheDashboardGivesUpWhatIsUnderWayAndWaitsForThat() throws Exception {
    try (Served served = Served.with(Served.closed())) {
      served.driver.hold();
      JsonNode cutover = json(served.post(MAIN, CUTOVER, OPERATOR));
      served.commands.close();
      assertThat(find(served, cutover).path("result").asText()).isEqualTo("ABORTED");
      assertThat(served.driver.audit).last().asString().endsWith("failed: CUTOVER_STOPPED");
      assertThat(served.post(MAIN, ABORT, OPERATOR).status()).isBetween(409, 503);
    }
  }

  @Test
  void aSignalGivesUpWhatIsUnderWayBeforeTheDashboardIsClosed() throws Exception {
    try (Served served = Served.with(Served.closed())) {
      served.driver.hold();
      JsonNode cutover = json(served.post(MAIN, CUTOVER, OPERATOR));
      served.commands.giveUp();
      assertThat(ended(served, cutover).path("failureCode").asText()).isEqualTo("CUTOVER_STOPPED");
      Wire.Response refused = served.post(MAIN, CUTOVER, OPERATOR);
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.body()).contains("DASHBOARD_ENDS");
    }
  }

  private static Wire.Response decide(Served served, String id, boolean yes, String who)
      throws Exception {
    return served.post("/api/v1/commands/" + id + "/approval", "{\"approve\":" + yes + "}", who);
  }

  private static List<String> allowed(Served served, String who, String wave) throws Exception {
    List<String> allowed = new java.util.ArrayList<>();
    for (JsonNode one : json(served.get("/api/v1/commands", who)).path("allowed")) {
      assertThat(one.path("allowed").asBoolean()).isEqualTo(one.path("why").isNull());
      if (one.path("wave").asText().equals(wave) && one.path("allowed").asBoolean()) {
        allowed.add(one.path("command").asText());
      }
    }
    return allowed;
  }

  private static JsonNode first(Served served) throws Exception {
    return json(served.get("/api/v1/commands", VIEWER)).path("commands").path(0);
  }

  private static JsonNode ended(Served served, JsonNode asked) {
    await().until(() -> !find(served, asked).path("endedAt").isNull());
    try {
      return find(served, asked);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode find(Served served, JsonNode asked) throws Exception {
    for (JsonNode one : json(served.get("/api/v1/commands", VIEWER)).path("commands")) {
      if (one.path("id").equals(asked.path("id"))) {
        return one;
      }
    }
    throw new AssertionError("There is no command " + asked);
  }

  private static String bearer(String token) {
    return "Authorization: Bearer " + token;
  }

  private static JsonNode json(Wire.Response answer) throws Exception {
    assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
    return new ObjectMapper().readTree(answer.body());
  }
}
