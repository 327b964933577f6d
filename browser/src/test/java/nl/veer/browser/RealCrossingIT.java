package nl.veer.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import java.nio.file.Path;
import java.util.List;
import nl.veer.control.dashboard.http.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the screens tell of a real migration, from its load to its cutover. */
class RealCrossingIT {
  private static final double PATIENCE = RealCrossing.PATIENCE.toMillis();
  private static final String VIEWER = Tokens.random();
  private static final String OPERATOR = Tokens.random();

  @TempDir private Path directory;

  @Test
  void fromTheLoadOverADifferenceToTheCutover() throws Exception {
    try (Chromium chromium = Chromium.start();
        RealCrossing crossing = new RealCrossing(directory, people());
        Visit engineer = Visit.desk(chromium, crossing.dashboard());
        Visit board = Visit.desk(chromium, crossing.dashboard()).forgiving("status of 403")) {
      Page page = loggedIn(engineer, OPERATOR);
      Page shown = loggedIn(board, VIEWER);
      assertThat(page.locator("h1")).containsText("Equal", patiently());
      itGoesOnWhileTheShopWrites(page);
      thisOneMayOnlyLook(shown);

      shown.navigate(crossing.dashboard().toString());
      crossing.onTarget("UPDATE orders SET note = 'by hand' WHERE id = 60");
      assertThat(shown.locator("h1")).containsText("Different", patiently());
      scanned(engineer, "DIFFERENT");
      threeClicksLeadToTheColumn(shown);
      board.picture("real-difference");

      crossing.command("repair", "--wave", "main", "--table", "public.orders", "--apply");
      scanned(engineer, "EQUAL");
      shown.navigate(crossing.dashboard().toString());
      assertThat(shown.locator("h1")).containsText("Equal", patiently());

      rehearsed(engineer);
      assertThat(shown.locator("main")).containsText("Yes", patiently());
      board.picture("real-overview");

      cutOver(engineer);
      assertThat(crossing.isWritable("target")).isTrue();
      assertThat(crossing.isWritable("source")).isFalse();
    }
  }

  private static List<String> people() {
    return List.of(
        "  tokens:",
        "    - {name: viewer, role: viewer, sha256: %s}".formatted(Tokens.digest(VIEWER)),
        "    - {name: operator, role: operator, sha256: %s}".formatted(Tokens.digest(OPERATOR)));
  }

  private static Page loggedIn(Visit visit, String token) {
    Page page = visit.open("/login");
    page.locator("#token").fill(token);
    page.locator("button").click();
    page.waitForSelector("nav");
    return visit.open("/");
  }

  private static void itGoesOnWhileTheShopWrites(Page page) {
    Locator position = page.locator("h1 ~ * .code, .verdict .code").first();
    String before = position.textContent();
    assertThat(position).not().hasText(before, new HasTextOptions().setTimeout(PATIENCE));
  }

  private static void thisOneMayOnlyLook(Page page) {
    page.locator("nav a[data-screen=gate]").click();
    assertThat(page.locator("main")).containsText("Commands need the role operator");
    assertThat(page.locator("[data-command]")).hasCount(0);
    Object status =
        page.evaluate(
            """
            async () => {
              const { post } = await import('/assets/shell/api.js')
              try {
                await post('/waves/main/commands', { command: 'REHEARSE' })
                return 'taken'
              } catch (refused) {
                return refused.code
              }
            }
            """);
    assertThat(status).isEqualTo("ROLE");
  }

  /** Has the operator scan the orders, and waits for what that says. */
  private static void scanned(Visit visit, String verdict) {
    Page page = visit.open("/gate");
    page.locator(".buttons [data-command=SCAN]").click();
    page.locator("dialog [name=send]").click();
    assertThat(page.locator(".recent").first()).containsText(verdict, patiently());
  }

  private static void threeClicksLeadToTheColumn(Page page) {
    page.locator("main a[href^='/differences']").first().click();
    page.locator("summary, article button, article a").first().click();
    assertThat(page.locator("main")).containsText("note", patiently());
  }

  private static void rehearsed(Visit visit) {
    Page page = visit.open("/gate");
    page.locator(".buttons [data-command=REHEARSE]").click();
    page.locator("dialog textarea").fill("to see that it works");
    page.locator("dialog [name=send]").click();
    assertThat(page.locator(".attempt .badge").first())
        .hasText("Rehearsed", new HasTextOptions().setTimeout(PATIENCE));
  }

  /** For real: the target takes the writes. */
  private static void cutOver(Visit visit) {
    Page page = visit.open("/gate");
    page.locator(".buttons [data-command=CUTOVER]").click();
    page.locator("dialog [name=confirm]").fill("main");
    page.locator("dialog textarea").fill("tonight's window");
    page.locator("dialog [name=send]").click();
    assertThat(page.locator(".attempt .badge").first())
        .hasText("Opened", new HasTextOptions().setTimeout(PATIENCE));
    visit.picture("real-cutover");
  }

  private static ContainsTextOptions patiently() {
    return new ContainsTextOptions().setTimeout(PATIENCE);
  }
}
