package nl.veer.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The gate, and a cutover that is under way. */
class GateScreenIT {
  private static final Shop SHOP = new Shop(12);

  /** A look at the gate is asked for every few seconds, and takes one more to be told. */
  private static final int PATIENCE = 15_000;

  @RegisterExtension static final Screens SCREENS = Screens.of(SHOP);

  @BeforeEach
  void somethingIsInTheWay() {
    SHOP.inTheWay = List.of(ShopGate.REHEARSED, ShopGate.DIFFERENCES, ShopGate.WAIVED);
    SHOP.clock.passes(ShopClock.GATE_AGE);
  }

  @AfterEach
  void nothingIsUnderWay() {
    SHOP.attempts.abort();
  }

  @Test
  void whatIsInTheWayStandsFirstWithTheLineThatHelps() {
    try (Visit visit = SCREENS.desk()) {
      Page page = visit.open("/gate");
      Locator conditions = page.locator(".condition");
      assertThat(conditions).hasCount(19);
      assertThat(conditions.nth(0)).containsText("Open differences");
      assertThat(conditions.nth(0).locator(".command code")).hasText("veer diff --wave main");
      assertThat(conditions.nth(0).locator("a")).hasAttribute("href", "/differences?wave=main");
      assertThat(conditions.nth(1).locator(".command code"))
          .hasText("veer cutover --rehearse --wave main");
      assertThat(conditions.nth(2)).containsText("Waived by ops@ferry: made later, ticket 12");
      assertThat(conditions.nth(3)).containsText("9 ms for a marker");
      assertThat(page.locator(".gate-state")).containsText(Pattern.compile("16\\s*of 19"));
      visit.isAccessible();
      visit.picture("gate-desk");
    }
  }

  @Test
  void theGateTurnsWhileSomebodyLooks() {
    try (Visit visit = SCREENS.desk()) {
      Page page = visit.open("/gate");
      assertThat(page.locator(".gate-state .badge")).hasText("✕ Shut");
      SHOP.inTheWay = List.of();
      SHOP.clock.passes(ShopClock.GATE_AGE);
      assertThat(page.locator(".gate-state .badge"))
          .hasText("Open", new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE));
    }
  }

  @Test
  void theLastRehearsalIsTold() {
    try (Visit visit = SCREENS.desk()) {
      Locator attempt = visit.open("/gate").locator("[data-attempt='1']");
      assertThat(attempt).containsText(Pattern.compile("702.ms\\s*of at most 10.s"));
      assertThat(attempt.locator(".text-equal")).containsText("equal at 0/51A0");
    }
  }

  @Test
  void aCutoverIsSeenThroughWithTheClockOfItsOutage() {
    SHOP.attempts.slow = 20;
    SHOP.attempts.begin("CUTOVER");
    SHOP.clock.passes(Duration.ofSeconds(8));
    try (Visit visit = SCREENS.desk()) {
      Page page = visit.open("/gate");
      assertThat(page.locator(".under-way .step[aria-current=step]")).hasCount(1);
      assertThat(page.locator(".under-way .step")).hasCount(7);
      Locator outage = page.locator("#outage");
      assertThat(outage).hasText(Pattern.compile("[2-6]\\.\\d.s"));
      assertThat(page.locator("#outage ~ span")).containsText("of at most 10 s");
      visit.picture("gate-cutover");
      Locator said = visit.open("/").locator(".notice.flight");
      assertThat(said).containsText("Wave main: Cutover under way");
      assertThat(said).containsText(Pattern.compile("refused for \\d.*, of at most 10.s"));
      said.locator("a").click();
      SHOP.clock.passes(Duration.ofMinutes(1));
      assertThat(page.locator(".attempt").first())
          .containsText("Opened", new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE));
      assertThat(outage).hasCount(0);
    }
  }

  @Test
  void aCutoverOfWhichNothingIsHeardStaysWithItsAge() {
    SHOP.attempts.slow = 20;
    SHOP.attempts.begin("CUTOVER");
    SHOP.clock.passes(Duration.ofSeconds(8));
    try (Visit visit = SCREENS.desk().forgiving("Failed to load resource").deaf()) {
      Page page = visit.open("/gate");
      Locator going = page.locator(".under-way");
      assertThat(going).containsText("that writes are refused, of at most 10");
      assertThat(going.locator("[data-command=ABORT]")).isVisible();
      assertThat(page.locator(".condition")).hasCount(19);
      visit.muted(true);
      page.route("**/api/**", Route::abort);
      page.clock().fastForward(70_000);
      assertThat(going).containsText(Pattern.compile("Told 1.min 1\\d.s ago; not known now"));
      assertThat(going.locator(".clock")).hasClass(Pattern.compile(".*text-unknown.*"));
      assertThat(page.locator("#outage")).hasText(Pattern.compile("[2-9]\\.\\d.s"));
      assertThat(going.locator("[data-command=ABORT]")).isVisible();
      assertThat(page.locator(".gate-state")).containsText("Not known");
      assertThat(page.locator(".gate-state"))
          .containsText(Pattern.compile("last looked at \\d.min \\d+.s ago; not known now"));
    }
  }

  @Test
  void theWaveThatWasSeenIsTheOneThatIsCommanded() {
    Shop two = new Shop(12);
    two.archive = true;
    two.differing = 2;
    try (ServedShop both = ServedShop.start(two, 0);
        Visit visit = SCREENS.desk(both.uri())) {
      Page page = visit.open("/gate");
      assertThat(page.locator("h1")).hasText("Gate and cutover: main");
      Locator main = page.locator(".wave", new Page.LocatorOptions().setHasText("main"));
      assertThat(main).containsText("Different");
      two.differing = 0;
      assertThat(main).containsText("Equal");
      assertThat(main).hasAttribute("aria-current", "true");
      assertThat(page.locator("h1")).hasText("Gate and cutover: main");
      page.locator("[data-command=SCAN]").click();
      assertThat(page.locator("#dialog-title")).hasText("Scan: wave main?");
      visit.open("/gate?wave=nowhere");
      assertThat(page.locator("main")).containsText("There is no wave of the name nowhere.");
      assertThat(page.locator("[data-command]")).hasCount(0);
    }
  }

  @Test
  void itFitsAPhoneInDutchAndInTheDark() {
    try (Visit visit = SCREENS.phone()) {
      Page page = visit.open("/gate");
      assertThat(page.locator("h1")).hasText("Poort en omschakeling");
      assertThat(page.locator(".condition").first()).containsText("Open verschillen");
      assertThat(page.locator(".gate-state .badge")).hasText("✕ Dicht");
      visit.fits();
      visit.isAccessible();
      visit.picture("gate-phone");
    }
  }
}
