package nl.veer.connectors.dialect;

import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import java.util.function.ObjLongConsumer;
import nl.veer.connectors.dialect.LoadDialect.Range;
import nl.veer.connectors.event.TableId;

/**
 * One state of one or more source tables. It stays readable until closed. {@link #copy} is safe for
 * several threads at once, each with connections of its own.
 */
public interface SourceSnapshot extends AutoCloseable {

  /** Holds for each of the tables. */
  Boundary boundary();

  /** About how much the tables hold. */
  long bytes();

  /**
   * The whole tables in parts that share no row, at least one of each.
   *
   * @param most what a part should hold at most, about
   */
  List<Range> ranges(long most);

  /**
   * What was copied of a range.
   *
   * @param rows read, which equals rows written
   */
  record Copied(TableId table, long rows, long bytes) {}

  /**
   * Copies parts, one after the other, into the target's open transaction, without looking at their
   * rows.
   *
   * @param source a connection of {@link LoadDialect#open} that is in no transaction
   * @param bytes told of every piece as it is copied
   * @return one for each part, in the same order
   */
  List<Copied> copy(
      List<Range> ranges, Connection source, TargetSession target, ObjLongConsumer<TableId> bytes);

  /**
   * Refuses with TRANSIENT if one of these tables was rewritten, truncated, or changed its columns
   * or partitions since the snapshot was taken. What was copied may then lack rows: a rewritten
   * table looks empty to an older snapshot. To be asked after a table's last part, before it is
   * committed.
   *
   * @param source a connection of {@link LoadDialect#open} that is in no transaction
   */
  void requireUnchanged(Collection<TableId> tables, Connection source);

  /** Ends it, and leaves its connection open; if this fails, nothing more can be done with it. */
  @Override
  void close();
}
