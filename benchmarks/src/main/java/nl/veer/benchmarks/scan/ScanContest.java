package nl.veer.benchmarks.scan;

import java.sql.SQLException;
import java.util.List;
import nl.veer.benchmarks.contest.Contest;
import nl.veer.benchmarks.ground.Crossing;

/**
 * Two equal tables are compared, both sides at once, by one process on each: by Veer's scan with
 * one worker; by the statement that does the least that any digest of all rows must do; and by the
 * methods of pt-table-checksum and of data-diff, in SQL.
 */
public final class ScanContest {
  private ScanContest() {}

  /**
   * Over a crossing whose tables hold the rows already, see {@link #fill}.
   *
   * @param rows in the table
   */
  public static Contest of(Crossing crossing, long rows, int rounds) {
    return new Contest(
        "scan, " + crossing.shape().name(),
        crossing.world().servers(),
        List.of(
            new VeerScan(crossing, rows),
            SqlDigest.wholeTable(crossing, rows),
            SqlDigest.chunks(crossing, rows),
            SqlDigest.bisection(crossing, rows)),
        1,
        rounds);
  }

  /** Veer alone, over a crossing that holds so many rows. */
  public static Contest ofRows(Crossing crossing, long rows, int rounds) {
    return new Contest(
        "scan, %,d rows".formatted(rows),
        crossing.world().servers(),
        List.of(new VeerScan(crossing, rows)),
        1,
        rounds);
  }

  /** Puts the same rows on both sides. */
  public static void fill(Crossing crossing, long rows) throws SQLException {
    String insert = crossing.shape().insert(1, rows);
    crossing.onSource(insert);
    crossing.onTarget(insert);
    crossing.settle();
  }
}
