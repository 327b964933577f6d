package nl.veer.connectors.dialect.postgres;

import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * The instants that nearly all are: of the years from 1 to 9999, in UTC, with no decimals or up to
 * six. Their ISO text is PostgreSQL's but for a few characters, and millions of them are read a
 * minute. Pure.
 */
final class PlainInstant {
  private static final String FORM = "0000-00-00T00:00:00";
  private static final int DECIMALS = 6;

  private PlainInstant() {}

  /** As PostgreSQL reads it; null if it is another kind of instant, or none. */
  static @Nullable String text(String iso) {
    int end = iso.length() - 1;
    if (!hasForm(iso, end) || !isInstant(iso)) {
      return null;
    }
    boolean exact = true;
    for (int i = FORM.length() + 1; i < end; i++) {
      exact &= iso.charAt(i) == '0';
    }
    StringBuilder text = new StringBuilder(FORM.length() + 1 + DECIMALS + "+00".length());
    text.append(iso, 0, FORM.length()).setCharAt(FORM.indexOf('T'), ' ');
    if (!exact) {
      text.append(iso, FORM.length(), end);
      for (int i = end - FORM.length() - 1; i < DECIMALS; i++) {
        text.append('0');
      }
    }
    return text.append("+00").toString();
  }

  private static boolean hasForm(String iso, int end) {
    int decimals = end - FORM.length() - 1;
    if (decimals != -1 && (decimals < 1 || decimals > DECIMALS || iso.charAt(FORM.length()) != '.')
        || iso.charAt(end) != 'Z') {
      return false;
    }
    for (int i = 0; i < end; i++) {
      char form = i < FORM.length() ? FORM.charAt(i) : i == FORM.length() ? '.' : '0';
      char is = iso.charAt(i);
      if (form == '0' ? is < '0' || is > '9' : is != form) {
        return false;
      }
    }
    return true;
  }

  private static boolean isInstant(String iso) {
    int year = two(iso, 0) * 100 + two(iso, 2);
    int month = two(iso, 5);
    int day = two(iso, 8);
    return year >= 1
        && month >= 1
        && month <= 12
        && day >= 1
        && (day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth())
        && two(iso, 11) <= 23
        && two(iso, 14) <= 59
        && two(iso, 17) <= 59;
  }

  private static int two(String iso, int at) {
    return (iso.charAt(at) - '0') * 10 + iso.charAt(at + 1) - '0';
  }
}
