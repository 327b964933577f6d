package nl.veer.control.dashboard.page;

import nl.veer.control.report.Html;
import org.jspecify.annotations.Nullable;

/** Asks a browser for a token. */
public final class LoginPage {
  private LoginPage() {}

  /** Why a token did not do. */
  public enum Trouble {
    UNKNOWN("Nobody has this token, or it has ended."),
    NO_ROLE("Whoever has this token has no role here. Ask who runs this dashboard."),
    KEYS_AWAY(
        "The issuer of this token does not answer, so nobody can tell whose it is. Try again in a"
            + " minute, or take a token of the configuration."),
    OFTEN("Too many wrong tokens came from your address. Wait a while.");

    private final String words;

    Trouble(String words) {
      this.words = words;
    }
  }

  /**
   * @param trouble why the one that was given did not do; null if none was given
   */
  public static String of(@Nullable Trouble trouble) {
    Html html = new Html();
    html.in("h1", "Veer");
    if (trouble != null) {
      html.in("p", "verdict different", trouble.words);
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
