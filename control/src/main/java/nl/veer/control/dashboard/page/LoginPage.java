package nl.veer.control.dashboard.page;

import nl.veer.control.report.Html;

/** Asks a browser for a token. */
public final class LoginPage {
  private LoginPage() {}

  /**
   * @param refused whether one was given that nobody has
   */
  public static String of(boolean refused) {
    Html html = new Html();
    html.in("h1", "Veer");
    if (refused) {
      html.in("p", "verdict different", "Nobody has this token.");
    }
    html.raw(
        """
        <form method="post" action="/login">
        <p><label for="token">Your token</label></p>
        <p><input id="token" name="token" type="password" autocomplete="current-password" required
        autofocus></p>
        <p><button>Log in</button></p>
        </form>
        """);
    return Page.of("Veer: log in", html);
  }
}
