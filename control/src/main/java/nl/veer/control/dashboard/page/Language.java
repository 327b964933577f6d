package nl.veer.control.dashboard.page;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A language that the screens speak. */
public enum Language {
  EN,
  NL;

  /** The cookie in which a browser keeps the one that was chosen. */
  public static final String COOKIE = "veer-language";

  /** As HTML names it. */
  String tag() {
    return this == NL ? "nl" : "en";
  }

  /**
   * The one that was chosen, else the first of the browser's that is spoken here, else English.
   *
   * @param chosen null if none was
   * @param accepted the header Accept-Language; null without one
   */
  public static Language of(@Nullable String chosen, @Nullable String accepted) {
    for (Language language : values()) {
      if (language.tag().equals(chosen)) {
        return language;
      }
    }
    String wanted = accepted == null ? "" : accepted;
    for (String one : wanted.split(",", -1)) {
      for (Language language : values()) {
        if (one.strip().toLowerCase(Locale.ROOT).startsWith(language.tag())) {
          return language;
        }
      }
    }
    return EN;
  }
}
