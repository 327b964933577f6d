package nl.veer.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import nl.veer.control.dashboard.http.Tokens;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may ask for what at the gate, and what comes of it. */
class CommandsIT {
  private static final Shop SHOP = new Shop(12);

  /** What another has done is asked for every two seconds. */
  private static final int PATIENCE = 10_000;

  /** An attempt is then in the middle of its steps; and over. */
  private static final Duration MIDDLE = Duration.ofSeconds(7);

  private static final Duration END = Duration.ofSeconds(60);

  /** Whoever looks at a page again is told at once how things are. */
  private static final String SEEN_AGAIN = "document.dispatchEvent(new Event('visibilitychange'))";

  @RegisterExtension
  static final Screens SCREENS =
      Screens.of(
          slowly(SHOP),
          "approval: true",
          "tokens:",
          token("viewer"),
          token("operator"),
          token("approver"));

  @AfterEach
  void nothingIsUnderWay() {
    SHOP.attempts.abort();
  }

  @Test
  void aViewerIsOfferedNothing() {
    try (Visit visit = SCREENS.desk()) {
      Page page = atTheGate(visit, "viewer");
      assertThat(page.locator("main")).containsText("Commands need the role operator");
      assertThat(page.locator("[data-command]")).hasCount(0);
    }
  }

  @Test
  void aRehearsalIsStartedAndSeenThrough() {
    try (Visit visit = SCREENS.desk()) {
      Page page = atTheGate(visit, "operator");
      assertThat(command(page, "FALLBACK")).isDisabled();
      assertThat(page.locator("main")).containsText("Fall back: The wave is on the source.");
      command(page, "REHEARSE").click();
      assertThat(page.locator("dialog")).containsText("Writes are refused, for real");
      page.locator("dialog textarea").fill("before tonight");
      send(page).click();
      assertThat(page.locator(".recent").first()).containsText("Under way", patiently());
      SHOP.clock.passes(MIDDLE);
      assertThat(page.locator(".under-way")).containsText("Rehearsal under way", patiently());
      SHOP.clock.passes(END);
      assertThat(page.locator(".recent").first()).containsText("Done", patiently());
      assertThat(page.locator(".recent").first()).containsText("before tonight");
      assertThat(page.locator(".attempt .badge").first()).hasText("Rehearsed", patientlyHas());
    }
  }

  @Test
  void aCutoverNeedsTheWavesNameAReasonAndASecondPerson() {
    try (Visit asks = SCREENS.desk();
        Visit approves = SCREENS.desk()) {
      Page page = atTheGate(asks, "operator");
      ask(asks, page);
      Locator waits = page.locator(".waits");
      assertThat(waits).containsText("operator asks for: Cut over, wave main.");
      assertThat(waits.locator("button")).hasCount(0);

      Page other = atTheGate(approves, "approver");
      other.locator(".waits button").first().click();
      assertThat(other.locator("dialog")).containsText("The target takes the writes.");
      other.locator("dialog input[name=confirm]").fill("main");
      send(other).click();
      assertThat(page.locator(".recent").first()).containsText("Under way", patiently());
      SHOP.clock.passes(MIDDLE);
      assertThat(page.locator(".under-way")).containsText("Cutover under way", patiently());
      SHOP.clock.passes(END);
      assertThat(page.locator(".attempt .badge").first()).hasText("Opened", patientlyHas());
      assertThat(page.locator(".recent").first())
          .containsText("operator, approved by approver", patiently());
    }
  }

  private static void ask(Visit visit, Page page) {
    command(page, "CUTOVER").click();
    assertThat(page.locator("dialog [name=confirm]")).isFocused();
    assertThat(send(page)).isDisabled();
    page.keyboard().type("mian");
    assertThat(send(page)).isDisabled();
    page.locator("dialog [name=confirm]").fill("main");
    assertThat(send(page)).isEnabled();
    page.locator("dialog textarea").fill("the window of tonight");
    visit.isAccessible();
    visit.picture("gate-dialog");
    send(page).click();
    assertThat(page.locator("dialog")).isHidden();
  }

  @Test
  void whoeverRefusesSaysWhyAndTheAskerSeesIt() {
    try (Visit asks = SCREENS.desk();
        Visit refuses = SCREENS.desk()) {
      Page page = atTheGate(asks, "operator");
      ask(asks, page);
      Page other = atTheGate(refuses, "approver");
      other.locator(".waits button").last().click();
      other.locator("dialog textarea").fill("not in the sale");
      send(other).click();
      Locator recent = page.locator(".recent").first();
      assertThat(recent).containsText("DECLINED", patiently());
      assertThat(recent).containsText("not in the sale");
    }
  }

  @Test
  void whatIsUnderWayIsAborted() {
    try (Visit visit = SCREENS.desk()) {
      Page page = atTheGate(visit, "operator");
      command(page, "REHEARSE").click();
      page.locator("dialog textarea").fill("to see it end");
      send(page).click();
      assertThat(page.locator(".recent").first()).containsText("Under way", patiently());
      SHOP.clock.passes(MIDDLE);
      page.locator(".under-way [data-command=ABORT]").click();
      page.locator("dialog textarea").fill("seen enough");
      send(page).click();
      assertThat(page.locator(".attempt .badge").first()).hasText("✕ Aborted", patientlyHas());
      assertThat(page.locator(".under-way")).hasCount(0);
    }
  }

  @Test
  void whatIsRefusedIsSaidInTheDialogWithItsCode() {
    try (Visit late = SCREENS.desk().forgiving("status of 409");
        Visit early = SCREENS.desk()) {
      Page page = atTheGate(late, "operator");
      command(page, "SCAN").click();
      Page other = atTheGate(early, "operator");
      command(other, "REHEARSE").click();
      other.locator("dialog textarea").fill("at the same time");
      send(other).click();
      assertThat(other.locator(".recent").first()).containsText("Under way", patiently());
      send(page).click();
      assertThat(page.locator("dialog .notice")).containsText("COMMAND_RUNS");
    }
  }

  @Test
  void aPageThatIsOpenGoesOnCommandingWhenTheServerIsStartedAnew() {
    Shop shop = new Shop(12);
    ServedShop first = ServedShop.start(shop, 0);
    try (Visit visit = SCREENS.desk(first.uri()).forgiving("Failed to load resource")) {
      visit.page.route("**/api/v1/session", Route::abort, new Page.RouteOptions().setTimes(1));
      Page page = visit.open("/gate");
      assertThat(command(page, "SCAN")).isEnabled();
      int port = first.uri().getPort();
      first.close();
      try (ServedShop second = ServedShop.start(shop, port)) {
        page.waitForResponse(
            answer -> answer.url().startsWith(second.uri() + "api/v1/commands") && answer.ok(),
            () -> page.evaluate(SEEN_AGAIN));
        command(page, "SCAN").click();
        send(page).click();
        assertThat(page.locator(".recent").first()).containsText("Done", patiently());
      }
    }
  }

  @Test
  void noAnswerIsNoRefusalAndOneCommandsEndLeavesAnothersDialog() {
    try (Visit visit = SCREENS.desk().forgiving("Failed to load resource")) {
      Page page = atTheGate(visit, "operator");
      String commands = "**/api/v1/waves/*/commands";
      page.route(commands, Route::abort, new Page.RouteOptions().setTimes(1));
      command(page, "PAUSE").click();
      send(page).click();
      Locator dialog = page.locator("dialog");
      assertThat(dialog.locator(".notice")).containsText("it is not known whether it was taken");

      // Not for one time only: the browser lets a request go that nobody holds any more.
      AtomicReference<@Nullable Route> held = new AtomicReference<>();
      page.route(commands, held::set);
      send(page).click();
      assertThat(send(page)).isDisabled();
      page.keyboard().press("Escape");
      command(page, "SCAN").click();
      assertThat(dialog).containsText("Scan: wave main?");
      assertThat(send(page)).isDisabled();
      Objects.requireNonNull(held.get())
          .fulfill(
              new Route.FulfillOptions()
                  .setStatus(409)
                  .setContentType("application/json")
                  .setBody("{\"code\":\"COMMAND_RUNS\",\"message\":\"Wait.\"}"));
      assertThat(send(page)).isEnabled();
      assertThat(dialog).containsText("Scan: wave main?");
      assertThat(dialog.locator(".notice")).hasCount(0);
    }
  }

  /** So slowly that a step can be seen. */
  private static Shop slowly(Shop shop) {
    shop.attempts.slow = 20;
    return shop;
  }

  private static Page atTheGate(Visit visit, String name) {
    Page page = visit.open("/login");
    page.locator("#token").fill(name);
    page.locator("button").click();
    page.waitForSelector("nav");
    return visit.open("/gate");
  }

  private static Locator command(Page page, String name) {
    return page.locator(".buttons [data-command=" + name + "]").first();
  }

  private static Locator send(Page page) {
    return page.locator("dialog [name=send]");
  }

  private static LocatorAssertions.ContainsTextOptions patiently() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);
  }

  private static LocatorAssertions.HasTextOptions patientlyHas() {
    return new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE);
  }

  /** Whose token is their name. */
  private static String token(String role) {
    return "  - {name: %s, role: %s, sha256: %s}".formatted(role, role, Tokens.digest(role));
  }
}
