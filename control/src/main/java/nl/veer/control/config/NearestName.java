package nl.veer.control.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known name that a misspelt one is nearest to, by the number of letters to change. */
final class NearestName {
  private NearestName() {}

  /** The nearest of the known names; empty if none is near enough to be meant. */
  static Optional<String> of(String name, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance(plain(name), plain(candidate))))
        .filter(
            nearest ->
                distance(plain(name), plain(nearest))
                    <= Math.max(2, Math.min(name.length(), nearest.length()) / 3));
  }

  private static String plain(String name) {
    return name.toLowerCase(java.util.Locale.ROOT).replace("-", "").replace("_", "");
  }

  /** Levenshtein's distance, one row of the table at a time. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
