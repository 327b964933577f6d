package nl.veer.control.dashboard.api;

import java.time.Instant;
import java.util.List;
import nl.veer.control.dashboard.view.ShownRow;
import org.jspecify.annotations.Nullable;

/**
 * What both sides hold of one row that differs. That it was asked for, by whom and why, is in the
 * audit log.
 *
 * @param id of the difference
 * @param readAt by the dashboard's clock
 * @param sourcePosition where the source was read
 * @param targetPosition the source's position that the target held when it was read; null if that
 *     is not known
 * @param words what is to be known besides, or why nothing is shown; null if there is nothing
 */
public record ValuesBody(
    String wave,
    String table,
    long id,
    List<ShownRow.KeyValue> key,
    List<ShownRow.Both> columns,
    String readAt,
    @Nullable String sourcePosition,
    @Nullable String targetPosition,
    @Nullable String words) {

  public ValuesBody {
    key = List.copyOf(key);
    columns = List.copyOf(columns);
  }

  public static ValuesBody of(String wave, long id, ShownRow row, Instant readAt) {
    return new ValuesBody(
        wave,
        row.table(),
        id,
        row.key(),
        row.columns(),
        readAt.toString(),
        row.sourcePosition(),
        row.targetPosition(),
        row.words());
  }

  /** Values are a row's; they must not reach a log. */
  @Override
  public String toString() {
    return "ValuesBody of difference " + id;
  }
}
