package nl.veer.control.dashboard.api;

import nl.veer.control.dashboard.view.LookedTable;
import org.jspecify.annotations.Nullable;

/**
 * How much a table needs somebody's eye, as a number to sort by: a thousand times its kind, plus
 * what tells those of a kind apart. Pure.
 *
 * <table>
 * <caption>The formula</caption>
 * <tr><th>kind</th><th>plus</th></tr>
 * <tr><td>3: DIFFERENT</td><td>how much stands open, at most 999</td></tr>
 * <tr><td>2: UNKNOWN</td><td>500 if no scan has looked since it was loaded; else up to 499 for the
 *     share that no scan has covered within the wanted age</td></tr>
 * <tr><td>1: EQUAL, but not all covered, or with unsettled rows</td><td>up to 900 for the share
 *     that is not covered, and the unsettled rows, at most 99</td></tr>
 * <tr><td>0: EQUAL</td><td>nothing</td></tr>
 * </table>
 *
 * What is not known counts as if it were bad.
 */
final class Risk {
  private static final int KIND = 1_000;
  private static final int MOST = KIND - 1;
  private static final int NEVER = 500;
  private static final int STALE = 900;

  private Risk() {}

  static int of(String verdict, @Nullable Long differing, LookedTable looked) {
    return of(verdict, differing, looked.coverage(), looked.oldestScanAt(), looked.unsettled());
  }

  /**
   * @param differing rows and findings that stand open; null if that is not known
   * @param coverage from 0 to 1; null if it is not known
   * @param oldestScanAt null if no scan has looked at it
   * @param unsettled null if it is not known
   */
  static int of(
      String verdict,
      @Nullable Long differing,
      @Nullable Double coverage,
      @Nullable String oldestScanAt,
      @Nullable Long unsettled) {
    double uncovered = coverage == null ? 1 : 1 - Math.max(0, Math.min(1, coverage));
    return switch (verdict) {
      case VerdictBody.DIFFERENT -> 3 * KIND + most(differing == null ? 1 : differing, MOST);
      case VerdictBody.EQUAL -> equal(uncovered, unsettled == null ? 0 : unsettled);
      default -> 2 * KIND + (oldestScanAt == null ? NEVER : share(uncovered, NEVER - 1));
    };
  }

  /** The least that is not covered still counts. */
  private static int equal(double uncovered, long unsettled) {
    return uncovered > 0 || unsettled > 0
        ? KIND + share(uncovered, STALE) + most(unsettled, KIND - STALE - 1)
        : 0;
  }

  private static int share(double share, int of) {
    return (int) Math.ceil(share * of);
  }

  private static int most(long count, int bound) {
    return (int) Math.max(0, Math.min(count, bound));
  }
}
