package nl.veer.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import nl.veer.control.status.SlotFigures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The overview: may we cut over, and if not, why not? */
class OverviewIT {
  private static final Shop SHOP = new Shop(12);
  private static final String CHANGED = "was => document.querySelector('%s').textContent !== was";

  /** Whether something of this colour is in the chart; its grid is. */
  private static final String DRAWN_IN =
      """
      colour => {
        const canvas = document.querySelector('.chart canvas')
        if (!canvas) return false
        const wanted = [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16))
        const copy = Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height })
        const drawn = copy.getContext('2d', { willReadFrequently: true })
        drawn.drawImage(canvas, 0, 0)
        const { data } = drawn.getImageData(0, 0, copy.width, copy.height)
        for (let i = 0; i < data.length; i += 4) {
          if (data[i + 3] === 255 && wanted.every((value, n) => data[i + n] === value)) return true
        }
        return false
      }
      """;

  @RegisterExtension static final Screens SCREENS = Screens.of(SHOP);

  @BeforeEach
  void asItWas() {
    SHOP.differing = 0;
    SHOP.inTheWay = List.of();
    SHOP.silent = Set.of();
    SHOP.slot = new SlotFigures(true, false, 16_777_216L, 1_073_741_824L);
  }

  @Test
  void oneVerdictStandsThereWithItsDenominatorItsPositionAndItsAge() {
    try (Visit visit = SCREENS.desk()) {
      Page page = visit.open("/");
      assertThat(page.locator(".hero h1")).hasText(Pattern.compile("✓\\s+Equal"));
      assertThat(page.locator(".hero-of")).hasText("12 of 12 tables equal");
      assertThat(page.locator(".hero"))
          .containsText(Pattern.compile("at \\d/[0-9A-F]+, [\\d.]+.s ago"));
      assertThat(page.locator("#may")).hasText("Yes. The gate is open: 19 of 19 conditions hold.");
      assertThat(page).hasTitle("Equal · Overview · shop · Veer");
      assertThat(page.locator(".chart canvas")).isVisible();
      visit.isAccessible();
      visit.picture("overview-desk");
    }
  }

  @Test
  void theNumbersGoOnWithTheShop() {
    try (Visit visit = SCREENS.desk()) {
      Page page = visit.open("/");
      Locator legs = page.locator(".flow .leg");
      assertThat(legs).hasCount(4);
      assertThat(legs.first()).containsText(Pattern.compile("\\d+ tx/s"));
      assertThat(page.locator(".flow ~ ol li").nth(1))
          .hasText(Pattern.compile("From Log to Target: running. \\d+ tx/s, lag \\d+.ms\\. .*"));
      String transactions = text(page, "dd");
      page.waitForFunction(CHANGED.formatted("dd"), transactions);
      String position = text(page, ".hero .code");
      page.waitForFunction(CHANGED.formatted(".hero .code"), position);
    }
  }

  @Test
  void aDifferenceTurnsTheVerdictAndSaysWhatIsInTheWay() {
    try (Visit visit = SCREENS.desk()) {
      Page page = visit.open("/");
      assertThat(page.locator(".hero h1")).containsText("Equal");
      SHOP.differing = 2;
      SHOP.inTheWay = List.of(ShopGate.DIFFERENCES);
      SHOP.clock.passes(ShopClock.GATE_AGE);
      page.reload();
      assertThat(page.locator(".hero h1")).containsText("Different");
      assertThat(page.locator(".hero-of"))
          .hasText("11 of 12 tables equal · 1 different, 0 unknown");
      assertThat(page.locator("#may"))
          .hasText(
              "No. 1 of 19 conditions are in the way, first: Open differences: 2 open, of"
                  + " public.orders");
      visit.isAccessible();
      visit.picture("overview-different");
      page.locator(".may a", new Page.LocatorOptions().setHasText("See what is behind it")).click();
      assertThat(page).hasURL(Pattern.compile(".*/differences\\?wave=main"));
    } finally {
      SHOP.inTheWay = List.of();
      SHOP.clock.passes(ShopClock.GATE_AGE);
    }
  }

  @Test
  void aLegThatIsSilentIsGreyWithItsAge() {
    SHOP.silent = Set.of("replicator");
    try (Visit visit = SCREENS.desk()) {
      Page page = visit.open("/");
      Locator leg = page.locator(".flow .leg.unknown");
      assertThat(leg).hasCount(1);
      assertThat(leg).containsText("silent");
      assertThat(leg).containsText(Pattern.compile("3\\d(\\.\\d)?.s"));
    }
  }

  @Test
  void ofADeadConnectionTheAgeGrowsAndNothingIsOfNow() {
    try (Visit visit = SCREENS.desk().deaf()) {
      Page page = visit.open("/");
      assertThat(page.locator("#may")).containsText("Yes. The gate is open");
      visit.muted(true);
      page.clock().fastForward(30_000);
      Locator notice = page.locator(".notice").first();
      assertThat(notice).containsText(Pattern.compile("The last status is 3\\d(\\.\\d)?.s old"));
      assertThat(page.locator(".hero-of"))
          .hasText("0 of 12 tables equal · 0 different, 12 unknown");
      assertThat(page.locator("#may")).containsText("Not known. Veer has said nothing of it");
      assertThat(page).hasTitle("Unknown · Overview · shop · Veer");
      page.clock().fastForward(30_000);
      assertThat(notice).containsText(Pattern.compile("The last status is 1.min \\d+.s old"));
      visit.muted(false);
      assertThat(page.locator(".hero h1")).containsText("Equal");
      assertThat(notice).hasCount(0);
    }
  }

  @Test
  void ofSeveralWavesTheWorstIsShownUnlessAnotherIsChosen() {
    Shop two = new Shop(12);
    two.archive = true;
    try (ServedShop both = ServedShop.start(two, 0);
        Visit visit = SCREENS.desk(both.uri())) {
      Page page = visit.open("/");
      assertThat(page.locator(".hero h1")).containsText("Unknown");
      assertThat(page.locator(".hero-of"))
          .hasText("12 of 14 tables equal · 0 different, 2 unknown");
      assertThat(page.locator(".wave[aria-current]")).containsText("archive");
      assertThat(page.locator(".card").first()).containsText("1,250,000of about 5,000,000");
      assertThat(page.locator(".card").first()).containsText(Pattern.compile("2.min 30.s"));
      visit.isAccessible();
      visit.picture("overview-waves");
      page.locator(".wave", new Page.LocatorOptions().setHasText("main")).click();
      assertThat(page).hasURL(Pattern.compile(".*\\?wave=main"));
      assertThat(page.locator(".hero h1")).containsText("Unknown");
      assertThat(page.locator("#may")).containsText("Yes. The gate is open");
    }
  }

  @Test
  void aDayOfBothLagsHasAnAddress() {
    try (Visit visit = SCREENS.desk()) {
      Page page = visit.open("/");
      page.locator("button", new Page.LocatorOptions().setHasText("24 hours")).click();
      assertThat(page).hasURL(Pattern.compile(".*\\?lags=day"));
      page.reload();
      assertThat(page.locator(".choice [aria-pressed=true]")).hasText("24 hours");
      assertThat(page.locator(".chart"))
          .hasAttribute("aria-label", Pattern.compile("24 hours: replication lag now \\d+.ms.*"));
    }
  }

  @Test
  void theChartFollowsLightAndDark() {
    try (Visit visit = SCREENS.desk()) {
      Page page = visit.open("/");
      page.waitForFunction(DRAWN_IN, "#d3dae1");
      page.locator("#theme").click();
      page.waitForFunction(DRAWN_IN, "#2b3a47");
    }
  }

  @Test
  void itFitsAPhoneInDutchAndInTheDark() {
    try (Visit visit = SCREENS.phone()) {
      Page page = visit.open("/");
      assertThat(page.locator(".hero-of")).hasText("12 van 12 tabellen gelijk");
      assertThat(page.locator("#may"))
          .hasText("Ja. De poort is open: aan 19 van 19 voorwaarden is voldaan.");
      assertThat(page.locator(".flow.stands")).isVisible();
      assertThat(page.locator(".lag-legend")).containsText("Achterstand van de replicatie");
      visit.fits();
      visit.isAccessible();
      visit.picture("overview-phone");
    }
  }

  private static String text(Page page, String selector) {
    return page.locator(selector).first().textContent();
  }
}
