package nl.veer.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The frame around the screens. */
class FrameIT {
  @RegisterExtension static final Screens SCREENS = Screens.of(new Shop(12));

  @Test
  void eachScreenHasAnAddressAndTheMenuSaysWhereOneIs() {
    try (Visit visit = SCREENS.desk()) {
      Page page = visit.open("/");
      assertThat(here(page)).hasText("Overview");
      page.locator("nav a", new Page.LocatorOptions().setHasText("Evidence")).click();
      assertThat(page).hasURL(SCREENS.uri() + "evidence");
      assertThat(here(page)).hasText("Evidence");
      page.goBack();
      assertThat(here(page)).hasText("Overview");
    }
  }

  @Test
  void dutchIsDutch() {
    try (Visit visit = SCREENS.desk()) {
      Page page = visit.open("/");
      page.locator("#language").click();
      assertThat(here(page)).hasText("Overzicht");
      assertThat(page.locator("html")).hasAttribute("lang", "nl");
    }
    try (Visit visit = SCREENS.phone()) {
      assertThat(here(visit.open("/"))).hasText("Overzicht");
    }
  }

  @Test
  void theKeyboardReachesTheContentAtOnce() {
    try (Visit visit = SCREENS.desk()) {
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
