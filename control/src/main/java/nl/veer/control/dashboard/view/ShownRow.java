package nl.veer.control.dashboard.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What both sides hold of a row: real values, for whom they may be shown.
 *
 * @param key its key's columns
 * @param columns those that differ; all where only one side has the row
 * @param sourcePosition where the source was read
 * @param targetPosition the source's position that the target held when it was read; null if that
 *     is not known
 * @param words what is to be known besides, or why nothing is shown; null if there is nothing
 */
public record ShownRow(
    String table,
    List<KeyValue> key,
    List<Both> columns,
    @Nullable String sourcePosition,
    @Nullable String targetPosition,
    @Nullable String words) {

  public ShownRow {
    key = List.copyOf(key);
    columns = List.copyOf(columns);
  }

  /** A column of the key. */
  public record KeyValue(String column, String value) {}

  /**
   * A column.
   *
   * @param source null if the value is NULL, or the row is not there
   * @param target the same
   * @param sourceAbsent whether the source has no such row
   * @param targetAbsent whether the target has none
   * @param cut whether a value is longer than what is shown of it
   */
  public record Both(
      String column,
      @Nullable String source,
      @Nullable String target,
      boolean sourceAbsent,
      boolean targetAbsent,
      boolean cut) {}

  /** Values are a row's; they must not reach a log. */
  @Override
  public String toString() {
    return "ShownRow of " + table;
  }
}
