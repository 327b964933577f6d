package nl.veer.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's visit to the dashboard, in a browser of their own. When it ends, it has had no error
 * in the console, and no request has left the host.
 */
final class Visit implements AutoCloseable {
  /** Pictures are kept here, by name. */
  private static final Path PICTURES = Path.of("target", "screenshots");

  private final URI home;
  private final BrowserContext context;
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final List<String> foreign = new CopyOnWriteArrayList<>();
  final Page page;

  /** What the console may say; null if nothing. */
  private volatile @Nullable String forgiven;

  private Visit(Browser browser, URI home, Browser.NewContextOptions options) {
    this.home = home;
    context = browser.newContext(options.setBaseURL(home.toString()));
    page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            String said = message.text() + " at " + message.location();
            if (forgiven == null || !said.contains(forgiven)) {
              errors.add(said);
            }
          }
        });
    page.onPageError(errors::add);
    page.onRequest(
        request -> {
          String url = request.url();
          if (!url.startsWith(home.toString()) && !url.startsWith("data:")) {
            foreign.add(url);
          }
        });
  }

  /** An answer that is wanted may be an error to the console. */
  Visit forgiving(String part) {
    forgiven = part;
    return this;
  }

  /** At a desk, in light colours, in English. */
  static Visit desk(Chromium chromium, URI home) {
    return new Visit(chromium.browser, home, options(1_440, 900, ColorScheme.LIGHT, "en-GB"));
  }

  /** On a phone, in dark colours, in Dutch. */
  static Visit phone(Chromium chromium, URI home) {
    return new Visit(chromium.browser, home, options(390, 844, ColorScheme.DARK, "nl-NL"));
  }

  private static Browser.NewContextOptions options(
      int width, int height, ColorScheme colours, String language) {
    return new Browser.NewContextOptions()
        .setViewportSize(width, height)
        .setColorScheme(colours)
        .setLocale(language);
  }

  /**
   * From the next page on its clock can be put forward, and what the server says each second is not
   * heard while {@code muted}: the connection is there, and dead.
   */
  Visit deaf() {
    page.clock().install();
    page.addInitScript(
        """
        window.EventSource = class extends EventSource {
          addEventListener(type, listener) {
            super.addEventListener(type, (event) => window.muted || listener(event))
          }
        }
        """);
    return this;
  }

  /** Whether what the server says each second is not heard. */
  void muted(boolean is) {
    page.evaluate("is => { window.muted = is }", is);
  }

  /** Opens an address below the dashboard's, and waits until its screen is drawn. */
  Page open(String path) {
    page.navigate(home.resolve(path).toString());
    page.waitForSelector("main h1");
    return page;
  }

  /** Keeps a picture of the whole page. */
  void picture(String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(true));
  }

  /** Keeps a picture of what is in view, of a page that is very long. */
  void view(String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
  }

  /** Nothing stands in the way of somebody who cannot see the screen, or has no mouse. */
  void isAccessible() {
    List<String> serious =
        new AxeBuilder(page)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
                .analyze()
                .getViolations()
                .stream()
                .filter(
                    rule ->
                        List.of("serious", "critical").contains(String.valueOf(rule.getImpact())))
                .flatMap(
                    rule ->
                        rule.getNodes().stream().map(node -> rule.getId() + ": " + node.getHtml()))
                .toList();
    assertThat(serious).isEmpty();
  }

  /** The page is no wider than the window. */
  void fits() {
    assertThat(
            page.evaluate(
                "document.documentElement.scrollWidth <= window.innerWidth ? 'fits' : 'wide'"))
        .isEqualTo("fits");
  }

  @Override
  public void close() {
    context.close();
    assertThat(errors).as("console").isEmpty();
    assertThat(foreign).as("requests to elsewhere").isEmpty();
  }
}
