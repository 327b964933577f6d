package nl.veer.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The list of tables, and one of them, over a shop of two thousand. */
class TablesIT {
  private static final int TABLES = 2_000;
  private static final String ORDERS = "/waves/main/tables/public.orders";

  /** How many milliseconds each letter takes that is typed into the filter, until all is drawn. */
  private static final String TYPE =
      """
      async () => {
        const input = document.querySelector('main input[type=search]')
        const took = []
        for (const letter of 'archive_1') {
          await new Promise(requestAnimationFrame)
          const begin = performance.now()
          input.value += letter
          input.dispatchEvent(new Event('input', { bubbles: true }))
          await new Promise(requestAnimationFrame)
          document.body.getBoundingClientRect()
          took.push(performance.now() - begin)
        }
        return took.sort((a, b) => a - b)[took.length >> 1]
      }
      """;

  @RegisterExtension static final Screens SCREENS = Screens.of(shop());

  @Test
  void tablesAtRiskStandFirstAndOnlyThoseInViewAreDrawn() {
    try (Visit visit = SCREENS.desk()) {
      Page page = visit.open("/tables");
      assertThat(row(page, 0)).containsText(Shop.ORDERS);
      assertThat(row(page, 0)).containsText("Different");
      assertThat(row(page, 1)).containsText("Unknown");
      assertThat(row(page, 2)).containsText("Equal");
      assertThat(page.locator("tr[data-row]").count()).isLessThan(100);
      assertThat(page.locator(".chips")).containsText("All 2,000");
      page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)");
      assertThat(page.locator("[aria-rowindex='2001']")).isVisible();
      assertThat(page.locator("tr[data-row]").count()).isLessThan(100);
      visit.isAccessible();
    }
  }

  @Test
  void typingIntoTheFilterTakesNoTime() {
    try (Visit visit = SCREENS.desk()) {
      Page page = visit.open("/tables");
      assertThat(row(page, 0)).isVisible();
      double millis = ((Number) page.evaluate(TYPE)).doubleValue();
      assertThat(page.locator("main")).containsText("1,000 of 2,000 tables");
      assertThat(millis).isLessThan(100);
    }
  }

  @Test
  void aFilterAndAnOrderAreKeptInTheAddress() {
    try (Visit visit = SCREENS.desk()) {
      Page page = visit.open("/waves/main/tables");
      page.getByLabel("Name contains").fill("ARCHIVE_00");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Equal")).click();
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Table").setExact(true))
          .click();
      assertThat(row(page, 0)).containsText("public.archive_0007");
      assertThat(page).hasURL(Pattern.compile(".*contains=ARCHIVE_00&verdict=EQUAL&order=name"));
      page.reload();
      assertThat(row(page, 0)).containsText("public.archive_0007");
      assertThat(page.locator("th[aria-sort=ascending]")).hasText(Pattern.compile("Table.*"));
      page.locator("th[aria-sort=ascending] button").click();
      assertThat(page.locator("th[aria-sort=descending]")).hasText(Pattern.compile("Table.*"));
      assertThat(row(page, 0)).containsText("public.archive_0099");
    }
  }

  @Test
  void aRefreshLosesNeitherThePlaceNorTheFocus() {
    try (Visit visit = SCREENS.desk()) {
      Page page = visit.open("/tables");
      assertThat(row(page, 0)).isVisible();
      page.evaluate("window.scrollTo(0, 40000)");
      Locator link = page.locator("tr[data-row] a").nth(20);
      link.focus();
      String name = link.textContent();
      Object place = page.evaluate("window.scrollY");
      Locator changes = page.locator("tr[data-row] [data-label='Changes/s']").first();
      page.waitForResponse(response -> response.url().contains("/tables?"), () -> {});
      assertThat(changes).isVisible();
      assertThat(page.locator("tr[data-row] a:focus")).hasText(name);
      assertThat(page.evaluate("window.scrollY")).isEqualTo(place);
    }
  }

  @Test
  void onAPhoneEachTableIsACardInDutch() {
    try (Visit visit = SCREENS.phone()) {
      Page page = visit.open("/tables");
      assertThat(row(page, 0)).containsText("Verschilt");
      assertThat(page.locator("main")).containsText("2.000 van 2.000 tabellen van de golf main");
      visit.isAccessible();
      visit.fits();
    }
  }

  @Test
  void aTableTellsPartByPartWhatIsKnownAndWhichColumnDiffers() {
    try (Visit visit = SCREENS.desk()) {
      Page page = visit.open("/tables");
      row(page, 0).locator("a").click();
      assertThat(page).hasURL(Pattern.compile(".*" + ORDERS));
      assertThat(page.locator(".verdict-at"))
          .hasText(Pattern.compile(".*Different at 5/[0-9A-F]+"));
      assertThat(page.locator(".map i")).hasCount(240);
      assertThat(page.locator(".map i.different")).hasCount(2);
      page.getByText("The same as a table").click();
      assertThat(page.locator("details tbody tr")).hasCount(240);
      page.getByText("The same as a table").click();
      assertThat(card(page, "Columns that differ").locator("tbody tr"))
          .hasText(Pattern.compile("\\s*note\\s*6 of 6\\s*"));
      assertThat(card(page, "Scans").locator("tbody tr")).hasCount(4);
      assertThat(card(page, "How the verdict came about").locator("li")).hasCount(3);
      assertThat(card(page, "Differences that stand open").locator("tbody tr")).hasCount(6);
      visit.isAccessible();
      visit.fits();
    }
  }

  @Test
  void picturesAreKept() {
    List<String> screens = List.of("tables", "table");
    List<String> addresses = List.of("/tables", ORDERS);
    for (int i = 0; i < screens.size(); i++) {
      try (Visit desk = SCREENS.desk();
          Visit phone = SCREENS.phone()) {
        for (Visit visit : List.of(desk, phone)) {
          Page page = visit.open(addresses.get(i));
          assertThat(page.locator("main .badge.different").first()).isVisible();
          visit.fits();
          visit.view(screens.get(i) + (visit == desk ? "-desk" : "-phone"));
        }
      }
    }
  }

  private static Locator row(Page page, int index) {
    return page.locator("tr[data-row]").nth(index);
  }

  private static Locator card(Page page, String title) {
    return page.locator(
        "section.card",
        new Page.LocatorOptions()
            .setHas(
                page.getByRole(
                    AriaRole.HEADING, new Page.GetByRoleOptions().setName(title).setExact(true))));
  }

  private static Shop shop() {
    Shop shop = new Shop(TABLES);
    shop.differing = 6;
    shop.growing = true;
    return shop;
  }
}
