package nl.veer.verifier.scan.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import nl.veer.connectors.event.TableId;
import nl.veer.verifier.verdict.Exclusion;
import org.jspecify.annotations.Nullable;

/**
 * A table as both sides have it.
 *
 * @param columns the compared ones, in the source's order
 * @param leftOut the others, with the reason
 * @param rounded of the compared ones those whose numbers are rounded, to so many decimals
 * @param key the source's primary key, in key order; empty if there is none
 * @param walked whether both sides order the key in the same way, so that ranges of it mean the
 *     same on both
 * @param estimatedRows by the source's statistics; -1 if it has none
 * @param logTellsKeys whether the source's log names the key of every row that it changes
 */
public record ScanTable(
    TableId id,
    List<String> columns,
    List<LeftOut> leftOut,
    Map<String, Integer> rounded,
    List<KeyColumn> key,
    boolean walked,
    long estimatedRows,
    boolean logTellsKeys,
    boolean sourcePartitioned,
    boolean targetPartitioned) {

  public ScanTable {
    columns = List.copyOf(columns);
    leftOut = List.copyOf(leftOut);
    rounded = Map.copyOf(rounded);
    key = List.copyOf(key);
  }

  /** A column that is not compared. */
  public record LeftOut(String column, String why) {}

  /**
   * A column of the key with its type on each side, as SQL writes it.
   *
   * @param text whether its order depends on a collation; a walked one is walked in that of C
   * @param found type in which a row is found by the key's text on either side, whichever side the
   *     text is of; null where a text of one side may be none of the other: then by the text alone,
   *     without an index
   */
  public record KeyColumn(
      String name, String sourceType, String targetType, boolean text, @Nullable String found) {}

  public boolean hasKey() {
    return !key.isEmpty();
  }

  /**
   * What of it is not compared, or not exactly.
   *
   * @param rows how many it has: each is touched
   */
  public List<Exclusion> exclusions(long rows) {
    List<Exclusion> exclusions = new ArrayList<>();
    leftOut.forEach(left -> exclusions.add(new Exclusion(left.column, left.why, rows)));
    new TreeMap<>(rounded)
        .forEach(
            (column, decimals) ->
                exclusions.add(
                    new Exclusion(column, "rounded to %d decimals".formatted(decimals), rows)));
    return exclusions;
  }

  /** Tells a changed table from the one that a scan began with. */
  public String shape() {
    return columns
        + " "
        + key.stream().map(KeyColumn::name).toList()
        + (rounded.isEmpty() ? "" : " " + new TreeMap<>(rounded));
  }
}
