package nl.veer.control.dashboard.page;

import nl.veer.control.report.Html;

/** The frame of each page. Styles and scripts stand in files of their own: no others are obeyed. */
final class Page {
  private Page() {}

  static String of(String title, Language language, Html content) {
    return """
        <!DOCTYPE html>
        <html lang="%s">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s</title>
        <link rel="icon" href="/assets/veer.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/assets/dashboard.css">
        </head>
        <body>
        <main>
        %s</main>
        </body>
        </html>
        """
        .formatted(language.tag(), Html.escape(title), content);
  }
}
