package nl.veer.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The frame around the screens. */
class FrameIT {
  private static Chromium chromium;
  private static ServedShop served;

  @BeforeAll
  static void open() {
    chromium = Chromium.start();
    served = ServedShop.start(new Shop(12), 0);
  }

  @AfterAll
  static void close() {
    if (served != null) {
      served.close();
      chromium.close();
    }
  }

  @Test
  void eachScreenHasAnAddressAndTheMenuSaysWhereOneIs() {
    try (Visit visit = Visit.desk(chromium, served.uri())) {
      Page page = visit.open("/");
      assertThat(here(page)).hasText("Overview");
      page.locator("nav a", new Page.LocatorOptions().setHasText("Evidence")).click();
      assertThat(page).hasURL(served.uri() + "evidence");
      assertThat(here(page)).hasText("Evidence");
      page.goBack();
      assertThat(here(page)).hasText("Overview");
    }
  }

  @Test
  void dutchIsDutch() {
    try (Visit visit = Visit.desk(chromium, served.uri())) {
      Page page = visit.open("/");
      page.locator("#language").click();
      assertThat(here(page)).hasText("Overzicht");
      assertThat(page.locator("html")).hasAttribute("lang", "nl");
    }
    try (Visit visit = Visit.phone(chromium, served.uri())) {
      assertThat(here(visit.open("/"))).hasText("Overzicht");
    }
  }

  @Test
  void theKeyboardReachesTheContentAtOnce() {
    try (Visit visit = Visit.desk(chromium, served.uri())) {
      Page page = visit.open("/");
      page.keyboard().press("Tab");
      assertThat(page.locator(".skip")).isFocused();
      page.keyboard().press("Enter");
      assertThat(page.locator("main")).isFocused();
    }
  }

  private static Locator here(Page page) {
    return page.locator("nav [aria-current=page]");
  }
}
