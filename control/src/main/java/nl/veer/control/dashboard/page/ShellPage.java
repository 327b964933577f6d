package nl.veer.control.dashboard.page;

import java.util.List;
import nl.veer.control.report.Html;

/**
 * The frame of all screens: the bar with the menu, and the place that the screens' modules draw
 * into. Pure.
 */
public final class ShellPage {
  private ShellPage() {}

  /** Where the screens are; tables, keys and waves have addresses below these. */
  private record Entry(String path, String screen, String en, String nl) {
    String label(Language language) {
      return language == Language.NL ? nl : en;
    }
  }

  private static final List<Entry> MENU =
      List.of(
          new Entry("/", "overview", "Overview", "Overzicht"),
          new Entry("/tables", "tables", "Tables", "Tabellen"),
          new Entry("/differences", "differences", "Differences", "Verschillen"),
          new Entry("/gate", "gate", "Gate and cutover", "Poort en omschakeling"),
          new Entry("/evidence", "evidence", "Evidence", "Bewijs"));

  /** The first segments of the addresses that are a screen's. */
  private static final List<String> SCREENS =
      List.of("", "tables", "waves", "differences", "gate", "evidence");

  /** Whether a screen is shown at this address; its names are decoded. */
  public static boolean isScreen(List<String> segments) {
    return SCREENS.contains(segments.get(0))
        && (segments.size() == 1 || segments.get(0).equals("waves"));
  }

  /**
   * @param plain what is shown where scripts do not run
   * @param login whether there is a session that can be ended
   */
  public static String of(String migration, Language language, boolean login, Html plain) {
    boolean dutch = language == Language.NL;
    Html menu = new Html();
    for (Entry entry : MENU) {
      menu.raw(
          "<a href=\"%s\" data-screen=\"%s\">%s</a>\n"
              .formatted(entry.path, entry.screen, entry.label(language)));
    }
    return """
        <!DOCTYPE html>
        <html lang="%s" data-migration="%s">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s · Veer</title>
        <link rel="icon" href="/assets/veer.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/assets/lib/uplot/uPlot.min.css">
        <link rel="stylesheet" href="/assets/dashboard.css">
        <link rel="stylesheet" href="/assets/screens/records.css">
        <link rel="stylesheet" href="/assets/screens/overview.css">
        <link rel="stylesheet" href="/assets/screens/gate.css">
        <script src="/assets/shell/theme.js"></script>
        <script type="module" src="/assets/shell/app.js"></script>
        </head>
        <body>
        <a class="skip" href="#main">%s</a>
        <header class="bar"><div>
        <a class="brand" href="/"><img src="/assets/veer.svg" alt="Veer"><span>%s</span></a>
        <nav aria-label="%s">
        %s</nav>
        <div class="tools">
        <button type="button" id="language" lang="%s">%s</button>
        <button type="button" id="theme" aria-label="%s">◐</button>
        %s</div>
        </div></header>
        <main id="main" tabindex="-1">
        <noscript>
        %s</noscript>
        </main>
        <div id="said" class="unseen" role="status" aria-live="polite"></div>
        </body>
        </html>
        """
        .formatted(
            language.tag(),
            Html.escape(migration),
            Html.escape(migration),
            dutch ? "Naar de inhoud" : "Skip to content",
            Html.escape(migration),
            dutch ? "Schermen" : "Screens",
            menu,
            dutch ? "en" : "nl",
            dutch ? "English" : "Nederlands",
            dutch ? "Licht of donker" : "Light or dark",
            login ? logout(dutch) : "",
            plain);
  }

  private static String logout(boolean dutch) {
    return "<form method=\"post\" action=\"/logout\"><button>%s</button></form>\n"
        .formatted(dutch ? "Afmelden" : "Log out");
  }
}
