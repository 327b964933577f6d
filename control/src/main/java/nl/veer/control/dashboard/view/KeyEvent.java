package nl.veer.control.dashboard.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a whole transaction made of a row. Values are masked: each is a short digest of it, the same
 * for the same value of all events of one answer, and another in the next answer.
 *
 * @param position where the transaction was committed, in its own database's order
 * @param transaction its number in the topic
 * @param databaseTransaction the database's own id of it
 * @param at when it was committed, by its database
 * @param op INSERT, UPDATE, DELETE or TRUNCATE
 * @param columns those whose value is another than the last one known; of an insert all
 * @param before the old row, masked, as far as the event carries it; null if it carries none
 * @param after the new row, masked, as far as the event carries it; null if there is none
 * @param writer in the echo, whose the transaction is: APPLY, LOAD, REPAIR or FOREIGN_WRITER; null
 *     in the log
 * @param applied in the echo, the number of the last log transaction that the target held with it;
 *     null in the log, and where it is not known
 */
public record KeyEvent(
    String position,
    long transaction,
    String databaseTransaction,
    String at,
    String op,
    List<String> columns,
    @Nullable String before,
    @Nullable String after,
    @Nullable String writer,
    @Nullable Long applied) {

  public KeyEvent {
    columns = List.copyOf(columns);
  }
}
