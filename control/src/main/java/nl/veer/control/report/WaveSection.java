package nl.veer.control.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is proven of a wave on one of its legs. What is said of a source and a target here is said
 * of the side that the leg comes from, and of the one that it goes to.
 *
 * @param leg how often it was cut over before
 * @param from {@code source} or {@code target}: the side that applications wrote to
 * @param to the other one
 * @param current whether the wave is on it
 * @param reason null unless the verdict is UNKNOWN
 * @param words null unless the verdict is UNKNOWN
 * @param position of the source, for which the verdict holds; of UNKNOWN that up to which it was
 *     known to be equal
 * @param because what the verdict rests on: {@code scan 17}, {@code finding 3}
 * @param applied what the target said of itself; null if nothing was ever applied
 * @param ledger null if none was ever kept
 * @param history changes of the verdict, the oldest first
 */
public record WaveSection(
    String wave,
    int leg,
    String from,
    String to,
    boolean current,
    String verdict,
    @Nullable String reason,
    @Nullable String words,
    @Nullable String position,
    String because,
    @Nullable Applied applied,
    @Nullable Ledger ledger,
    List<Table> tables,
    List<Change> history) {

  public WaveSection {
    tables = List.copyOf(tables);
    history = List.copyOf(history);
  }

  /**
   * The target's stamp.
   *
   * @param position of the source
   */
  public record Applied(
      long transaction, @Nullable String position, @Nullable String committedAt) {}

  /**
   * Log against echo, since the ledger began.
   *
   * @param from number of the log's transaction behind which it weighs
   * @param source the source's position up to which everything was weighed
   * @param target the target's own position up to which it was read
   * @param incomparable values that one side's events did not carry; left to the scans
   * @param unbalanced changes that could not be weighed; left to the scans
   * @param loaded changes that a load or a repair explains
   * @param tolerated rows that each tolerance touched
   * @param failure why it does not go on; null while it does
   */
  public record Ledger(
      @Nullable Long from,
      @Nullable Long transaction,
      @Nullable String source,
      @Nullable String target,
      long targetTransactions,
      long transactions,
      long rows,
      long incomparable,
      long unbalanced,
      long loaded,
      long findings,
      long open,
      Map<String, Long> tolerated,
      @Nullable String savedAt,
      @Nullable String failure) {

    public Ledger {
      tolerated = java.util.Collections.unmodifiableMap(new TreeMap<>(tolerated));
    }
  }

  /**
   * A table of the wave.
   *
   * @param load state of its load
   * @param loadedRows of its first copy
   * @param scan the scan that the verdict rests on; null without one
   */
  public record Table(
      String table,
      String load,
      long loadedRows,
      String verdict,
      @Nullable String reason,
      @Nullable String words,
      @Nullable String position,
      String because,
      @Nullable Scan scan) {}

  /**
   * Both sides of a table, compared.
   *
   * @param from the source's position at the first look
   * @param to the source's position at the last look
   * @param applied the source's position that the target held then
   * @param onePosition whether all of it was seen in one state of each side
   * @param settledLater rows that were changing at first, and equal later; these alone may tell the
   *     two sums of an EQUAL table apart
   */
  public record Scan(
      long id,
      String verdict,
      long sourceRows,
      long targetRows,
      String sourceSum,
      String targetSum,
      String hash,
      @Nullable String from,
      @Nullable String to,
      @Nullable String applied,
      boolean onePosition,
      long chunks,
      long differing,
      long settledLater,
      long unsettled,
      long unexamined,
      List<Excluded> exclusions,
      String startedAt,
      long millis) {

    public Scan {
      exclusions = List.copyOf(exclusions);
    }
  }

  /** A column that was not compared, or not exactly. */
  public record Excluded(String column, String why, long rows) {}

  /** A change of the wave's verdict. */
  public record Change(
      String at,
      String verdict,
      @Nullable String reason,
      @Nullable String position,
      String changedBy) {}
}
