package nl.veer.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import nl.veer.control.dashboard.http.Tokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What differs, by cause, and what became of a row. */
class DifferencesIT {
  private static final String ROW =
      "/waves/main/tables/public.orders/keys/" + ShopRows.KEY + "?difference=1";

  /** Milliseconds; what differs is counted every five seconds. */
  private static final double LATE = 15_000;

  @RegisterExtension static final Screens SCREENS = Screens.of(new Shop(12));

  @BeforeEach
  void sixOrdersDiffer() {
    SCREENS.shop.differing = 6;
  }

  @Test
  void aDifferenceAppearsWhereverSomebodyLooks() {
    SCREENS.shop.differing = 0;
    try (Visit list = SCREENS.desk();
        Visit one = SCREENS.desk();
        Visit causes = SCREENS.desk();
        Visit evidence = SCREENS.desk()) {
      assertThat(list.open("/tables").locator("tr[data-row]").first()).containsText("Equal");
      Locator verdict = one.open("/waves/main/tables/public.orders").locator(".verdict-at");
      assertThat(verdict).containsText("Equal");
      String position = verdict.locator(".code").textContent();
      assertThat(causes.open("/differences").locator(".empty"))
          .containsText("That alone proves nothing");
      Locator entry = evidence.open("/evidence").locator(".audit tbody tr").first();
      String number = String.valueOf(SCREENS.shop.audited.get() + 1);
      assertThat(entry).not().containsText(number);
      SCREENS.shop.differing = 6;
      SCREENS.shop.audited.incrementAndGet();
      assertThat(causes.page.locator("article"))
          .hasCount(2, new HasCountOptions().setTimeout(LATE));
      assertThat(causes.page.locator("main")).containsText("7 open of 7 on record, from 2 causes");
      assertThat(list.page.locator("tr[data-row]").first()).containsText("Different");
      assertThat(verdict).containsText("Different");
      assertThat(verdict.locator(".code")).not().hasText(position);
      assertThat(entry).containsText(number);
    }
  }

  @Test
  void aCauseTellsItsStatesItsCulpritAndWhatToEnterNext() {
    try (Visit visit = SCREENS.desk()) {
      Page page = visit.open("/differences?closed=true");
      Locator cause = page.locator("article").first();
      assertThat(cause).containsText("6 open of 6");
      assertThat(cause.locator(".states"))
          .hasText(
              Pattern.compile(
                  "\\W*2 new\\W*2 confirmed\\W*2 explained\\W*0 repaired\\W*0 verified again\\W*"));
      assertThat(cause).containsText("Somebody else wrote to the target.");
      assertThat(cause.locator(".command code"))
          .hasText("veer diff --wave main --table public.orders");
      Locator repaired = page.locator("article").nth(2);
      assertThat(repaired).containsText("Missing on the target");
      assertThat(repaired.locator(".states")).containsText("1 repaired");
      assertThat(repaired.locator(".states")).containsText("2 verified again");
      visit.isAccessible();
    }
  }

  @Test
  void fromARedLightOnAnyScreenToTheColumnAreThreeClicks() {
    Map<String, String> lights =
        Map.of(
            "/", "main a.text-different[href^='/differences']",
            "/gate", "main a[href^='/differences']",
            "/tables", "main tr:has(.different) a",
            "/differences", "article .opener");
    SCREENS.shop.inTheWay = List.of(ShopGate.DIFFERENCES);
    try (Visit visit = SCREENS.desk()) {
      lights.forEach(
          (screen, light) -> {
            Page page = visit.open(screen);
            page.locator(light).first().click();
            int clicks = 1;
            if (screen.equals("/") || screen.equals("/gate")) {
              page.locator("article .opener").first().click();
              clicks++;
            }
            page.locator("main a.key").first().click();
            clicks++;
            assertThat(page).hasURL(Pattern.compile(".*/keys/" + ShopRows.KEY + ".*"));
            assertThat(page.locator(".facts")).containsText(Pattern.compile("Differs in\\s*note"));
            assertThat(clicks).as(screen).isLessThanOrEqualTo(3);
          });
    }
  }

  @Test
  void whatIsChosenStandsInTheAddress() {
    try (Visit visit = SCREENS.desk()) {
      Page page =
          visit.open("/differences?wave=main&table=public.orders&kind=FOREIGN_WRITER&column=note");
      assertThat(page.locator("article")).hasCount(1);
      assertThat(page.locator("article tbody tr")).hasCount(1);
      page.locator("button[aria-label*='Written by somebody else']").click();
      assertThat(page.locator("article")).hasCount(2);
      assertThat(page).hasURL(Pattern.compile(".*wave=main&table=public.orders&column=note"));
    }
  }

  @Test
  void aRowIsToldByLogAndEchoSideBySide() {
    try (Visit visit = SCREENS.desk()) {
      Page page = visit.open(ROW);
      Locator rows = page.locator(".sides tbody tr");
      assertThat(rows).hasCount(4);
      assertThat(rows.nth(0)).containsText("applied by Veer");
      assertThat(rows.nth(1)).containsText("in the same batch as the next one");
      assertThat(rows.nth(3)).containsText("No transaction of the source did this.");
      assertThat(rows.nth(3)).containsText("written by somebody else");
      assertThat(rows.nth(3).locator(".unlike")).containsText("note");
      visit.isAccessible();
      visit.fits();
    }
  }

  @Test
  void aSearchThatGoesOnIsInFlight() {
    try (Visit visit = SCREENS.desk()) {
      Page page = visit.open("/waves/main/tables/public.orders/keys/" + ShopRows.SEARCHED_KEY);
      assertThat(page.locator(".notice.flight")).containsText("are being searched");
      assertThat(page.locator(".notice.flight")).containsText("214,000 of 1,203,000 records");
    }
  }

  @Test
  void valuesAreForOperatorsWhoSayWhy() {
    try (Visit visit = SCREENS.desk()) {
      Page page = visit.open(ROW);
      page.locator(".card button", new Page.LocatorOptions().setHasText("Show values")).click();
      Locator dialog = page.locator("dialog");
      assertThat(dialog).containsText("stands in the audit log");
      assertThat(dialog.locator("textarea")).isFocused();
      visit.isAccessible();
      dialog.getByText("Show values").click();
      assertThat(dialog.locator("textarea")).isVisible();
      assertThat(SCREENS.shop.kept).isEmpty();
      dialog.locator("textarea").fill("case 12");
      dialog.getByText("Show values").click();
      assertThat(dialog.locator("tbody tr"))
          .hasText(Pattern.compile("\\s*note\\s*leave at the gate\\s*gone\\s*"));
      assertThat(SCREENS.shop.kept).singleElement().asString().contains("case 12");
      visit.isAccessible();
      visit.view("values-desk");
      page.keyboard().press("Escape");
      assertThat(dialog).isHidden();
      assertThat(page.locator("main")).not().containsText("leave at the gate");
    }
    String viewer =
        "tokens: [{name: anna, role: viewer, sha256: " + Tokens.digest("anna's own") + "}]";
    try (ServedShop guarded = ServedShop.start(SCREENS.shop, 0, viewer);
        Visit visit = SCREENS.desk(guarded.uri())) {
      Page page = visit.open("/login");
      page.getByLabel("Your token").fill("anna's own");
      page.getByText("Log in").last().click();
      assertThat(page.locator("nav [aria-current=page]")).hasText("Overview");
      visit.open(ROW);
      assertThat(page.locator("main")).containsText("An operator can show them.");
      assertThat(page.getByText("Show values")).hasCount(0);
    }
  }

  @Test
  void dutchIsDutchOnAPhone() {
    try (Visit visit = SCREENS.phone()) {
      Page page = visit.open("/differences");
      assertThat(page.locator("h1")).hasText("Verschillen en incidenten");
      assertThat(page.locator("article").first())
          .containsText("Iemand anders schreef op het doel.");
      visit.isAccessible();
      visit.fits();
      visit.picture("differences-phone");
      visit.open(ROW);
      assertThat(page.locator(".sides")).containsText("Geen transactie van de bron deed dit.");
      visit.isAccessible();
      visit.fits();
      visit.picture("key-phone");
    }
  }

  @Test
  void picturesAreKept() {
    try (Visit visit = SCREENS.desk()) {
      Page page = visit.open("/differences");
      page.locator("article .opener").first().click();
      assertThat(page.locator("article tbody tr").first()).isVisible();
      visit.fits();
      visit.picture("differences-desk");
      visit.open(ROW);
      assertThat(page.locator(".facts")).isVisible();
      visit.picture("key-desk");
    }
  }
}
