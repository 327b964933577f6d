package nl.veer.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is kept of the migration. */
class EvidenceIT {
  @RegisterExtension static final Screens SCREENS = Screens.of(new Shop(12));

  @Test
  void theCertificateIsToldWithItsAgeAndDownloaded() throws IOException {
    try (Visit visit = SCREENS.desk()) {
      Page page = visit.open("/evidence");
      assertThat(page.locator(".said")).containsText("Equal");
      assertThat(page.locator("main")).containsText("SHA256:Yb1C");
      assertThat(page.locator("main")).containsText("veer report --check veer-report-shop.html");
      Locator age = page.locator(".small-figures time").first();
      String before = age.textContent();
      assertThat(age).not().hasText(before);
      Download json = page.waitForDownload(page.getByText("Download as JSON")::click);
      assertThat(Files.readString(json.path())).startsWith("{\"report\":1}");
      visit.isAccessible();
      visit.fits();
      visit.picture("evidence-desk");
    }
  }

  @Test
  void theAuditLogIsReadPageByPageAndFiltered() {
    try (Visit visit = SCREENS.desk()) {
      Page page = visit.open("/evidence");
      Locator entries = page.locator(".audit tbody tr");
      assertThat(entries).hasCount(50);
      page.getByText("Load older ones").click();
      assertThat(entries).hasCount(100);
      page.getByLabel("Contains").fill("rehearse");
      assertThat(entries).hasCount(1);
      assertThat(entries.first()).containsText("REHEARSED, outage 702 ms");
      assertThat(page).hasURL(Pattern.compile(".*contains=rehearse"));
    }
  }

  @Test
  void dutchIsDutchOnAPhone() {
    try (Visit visit = SCREENS.phone()) {
      Page page = visit.open("/evidence");
      assertThat(page.locator("main")).containsText("Het certificaat zoals het nu is");
      assertThat(page.locator(".audit [data-label='Hoe het afliep']").first()).hasText("open");
      visit.isAccessible();
      visit.fits();
      visit.view("evidence-phone");
    }
  }
}
