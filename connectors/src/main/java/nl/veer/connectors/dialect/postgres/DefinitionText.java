package nl.veer.connectors.dialect.postgres;

import java.util.regex.Pattern;

/**
 * Compares definitions as PostgreSQL writes them. An expression that was dumped and restored is not
 * always written as it was, though it is the same: {@code IN} over a {@code varchar} comes back
 * with its casts and parentheses in other places. So does one that another major version writes.
 */
final class DefinitionText {
  private static final Pattern CAST =
      Pattern.compile(
          "::(?:character varying|double precision|bit varying"
              + "|time(?:stamp)?(?:\\(\\d+\\))? with(?:out)? time zone"
              + "|\"[^\"]+\"(?:\\.\"[^\"]+\")?|[\\w.]+)(?:\\(\\d+(?:,\\d+)?\\))?(?:\\[\\])*");

  private static final Pattern GROUPING = Pattern.compile("[()\\s]");

  private DefinitionText() {}

  /** Whether both differ in casts, parentheses and spaces at most. */
  static boolean alike(String one, String other) {
    return one.equals(other) || plain(one).equals(plain(other));
  }

  private static String plain(String text) {
    return GROUPING.matcher(CAST.matcher(text).replaceAll("")).replaceAll("");
  }
}
