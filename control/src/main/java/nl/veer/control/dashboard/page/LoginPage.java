package nl.veer.control.dashboard.page;

import nl.veer.control.report.Html;
import org.jspecify.annotations.Nullable;

/** Asks a browser for a token. */
public final class LoginPage {
  private LoginPage() {}

  /** Why a token did not do. */
  public enum Trouble {
    UNKNOWN(
        "Nobody has this token, or it has ended.", "Niemand heeft dit token, of het is verlopen."),
    NO_ROLE(
        "Whoever has this token has no role here. Ask who runs this dashboard.",
        "Wie dit token heeft, heeft hier geen rol. Vraag het wie dit dashboard beheert."),
    KEYS_AWAY(
        "The issuer of this token does not answer, so nobody can tell whose it is. Try again in a"
            + " minute, or take a token of the configuration.",
        "De uitgever van dit token antwoordt niet, dus is niet te zeggen van wie het is. Probeer"
            + " het over een minuut opnieuw, of neem een token uit de configuratie."),
    OFTEN(
        "Too many wrong tokens came from your address. Wait a while.",
        "Van uw adres kwamen te veel verkeerde tokens. Wacht even.");

    private final String en;
    private final String nl;

    Trouble(String en, String nl) {
      this.en = en;
      this.nl = nl;
    }

    String words(Language language) {
      return language == Language.NL ? nl : en;
    }
  }

  /**
   * @param trouble why the one that was given did not do; null if none was given
   */
  public static String of(@Nullable Trouble trouble, Language language) {
    boolean dutch = language == Language.NL;
    Html html = new Html();
    html.in("h1", "Veer");
    if (trouble != null) {
      html.in("p", "verdict different", trouble.words(language));
    }
    html.raw(
        """
        <form method="post" action="/login">
        <p><label for="token">%s</label></p>
        <p><input id="token" name="token" type="password" autocomplete="current-password" required
        autofocus></p>
        <p><button>%s</button></p>
        </form>
        """
            .formatted(dutch ? "Uw token" : "Your token", dutch ? "Aanmelden" : "Log in"));
    return Page.of(dutch ? "Veer: aanmelden" : "Veer: log in", language, html);
  }
}
