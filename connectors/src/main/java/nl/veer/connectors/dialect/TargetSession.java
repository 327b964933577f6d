package nl.veer.connectors.dialect;

import java.sql.Connection;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nl.veer.connectors.event.TableId;

/**
 * One session on the target, in which triggers and foreign keys rest. A transaction begins with the
 * first statement and ends with {@link #commit} or {@link #rollback}. Every write answers how many
 * rows it hit; judging that is the caller's business. All errors are {@link
 * nl.veer.connectors.failure.Failure}s: TARGET_DATA where the data do not fit, TRANSIENT where the
 * same may succeed later. Owned by one thread.
 */
public interface TargetSession extends AutoCloseable {

  /** For Veer's own records in the same transaction. */
  Connection connection();

  /**
   * Reads tables from the target's catalog.
   *
   * @param keys of each, the names of the columns that identify a row in the source's log; empty if
   *     none
   * @return those tables, each of them
   */
  Map<TableId, TargetTable> tables(Map<TableId, List<String>> keys);

  /** As {@link #tables}, of one. */
  default TargetTable table(TableId id, List<String> key) {
    return Objects.requireNonNull(tables(Map.of(id, key)).get(id));
  }

  /** Inserts rows that all have exactly these columns. */
  long insert(TargetTable table, BitSet columns, List<RowText> rows);

  /** Sets these columns in the rows with these keys; both lists in the same order. */
  long update(TargetTable table, BitSet columns, List<KeyText> keys, List<RowText> rows);

  long delete(TargetTable table, List<KeyText> keys);

  /** Updates one of the rows that equal the image in every column. */
  long updateOne(TargetTable table, RowText before, RowText after);

  /** Deletes one of the rows that equal the image in every column. */
  long deleteOne(TargetTable table, RowText before);

  /** Empties the tables, however they refer to each other or are referred to. */
  void truncate(List<TableId> tables);

  /** Those of the tables that hold rows. */
  List<TableId> filled(List<TableId> tables);

  /** From here on {@link #rollbackToMark} goes back to this place. */
  void mark();

  void rollbackToMark();

  /**
   * Makes what was done since the mark part of the transaction itself; nothing if there is none.
   */
  void releaseMark();

  void commit();

  void rollback();

  @Override
  void close();
}
