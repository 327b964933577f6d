package nl.veer.control.dashboard.view;

import nl.veer.verifier.record.CauseRecord;
import org.jspecify.annotations.Nullable;

/**
 * Differences, or findings, that have the same table, columns and kind. Each of them is counted in
 * one state:
 *
 * <ul>
 *   <li>new: it is open, and was seen once;
 *   <li>confirmed: it is open, and was seen again: a difference by a scan a second later or more; a
 *       finding is, when a scan that ended after it was found says that its table is DIFFERENT;
 *   <li>explained: it is open, and its culprit is known;
 *   <li>repaired: a repair has closed it, and has compared the row itself;
 *   <li>verified again: a scan that came later saw it equal, whoever had mended it. Of a repaired
 *       one that is a whole EQUAL scan of its table that ended after the repair and, for a
 *       difference, began no earlier in the source than where it was seen last. One that a repair
 *       found equal without mending it is counted here too.
 * </ul>
 *
 * @param foundBy SCAN for differences, LEDGER for findings
 * @param kind of differences MISSING, EXTRA or VALUES; of findings their code
 * @param table empty if they are of no one table
 * @param column the columns that differ, sorted, joined by a comma and a blank; null if they differ
 *     in none
 * @param what in words
 * @param open new, confirmed and explained ones
 * @param total all of them
 * @param firstAt when the first was found, by the target's clock
 * @param lastAt when one was seen, or closed, last
 * @param culprit of the explained one that was found last; null if there is none
 * @param blame how that is known
 * @param command what to enter next; null if nothing is to be done
 * @param example the open one that was found first; the last one if none is open
 */
public record Cause(
    String wave,
    String foundBy,
    String kind,
    String table,
    @Nullable String column,
    String what,
    long newCount,
    long confirmed,
    long explained,
    long repaired,
    long verifiedAgain,
    long open,
    long total,
    String firstAt,
    String lastAt,
    @Nullable String culprit,
    @Nullable String blame,
    @Nullable String command,
    Example example) {

  /**
   * One of them.
   *
   * @param key the digest of the row's key; empty if it is not of one row
   */
  public record Example(long id, String key) {}

  /**
   * @param wave its name at home
   */
  public static Cause of(String wave, CauseRecord record) {
    CauseRecord.Counts counts = record.counts();
    return new Cause(
        wave,
        record.foundBy().name(),
        record.kind(),
        record.table(),
        record.column().isEmpty() ? null : record.column(),
        words(record),
        counts.fresh(),
        counts.confirmed(),
        counts.explained(),
        counts.repaired(),
        counts.verifiedAgain(),
        counts.open(),
        counts.total(),
        record.firstAt().toString(),
        record.lastAt().toString(),
        record.culprit(),
        record.blame(),
        NextCommand.of(wave, record),
        new Example(record.exampleId(), record.exampleKey()));
  }

  private static String words(CauseRecord record) {
    return switch (record.foundBy()) {
      case LEDGER -> record.what();
      case SCAN ->
          switch (record.kind()) {
            case "MISSING" -> "Rows that the target lacks.";
            case "EXTRA" -> "Rows that only the target has.";
            default -> "Rows that hold other values on the target.";
          };
    };
  }
}
