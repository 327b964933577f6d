package nl.veer.connectors.dialect;

import java.sql.Connection;
import java.util.List;
import java.util.function.LongConsumer;
import nl.veer.connectors.dialect.LoadDialect.Range;

/**
 * One state of one source table. It stays readable until closed. {@link #copy} is safe for several
 * threads at once, each with connections of its own.
 */
public interface TableSnapshot extends AutoCloseable {

  Boundary boundary();

  /** The whole table in parts that share no row. Never empty. */
  List<Range> ranges();

  /**
   * Copies a part into the target's open transaction, without looking at its rows.
   *
   * @param source a connection of {@link LoadDialect#open} that is in no transaction
   * @param bytes told of every piece as it is copied
   * @return rows read, which equals rows written
   */
  long copy(Range range, Connection source, TargetSession target, LongConsumer bytes);

  /**
   * Refuses with TRANSIENT if the table was rewritten, truncated, or changed its columns or
   * partitions since the snapshot was taken. What was copied may then lack rows: a rewritten table
   * looks empty to an older snapshot. To be asked after the last part, before it is committed.
   *
   * @param source a connection of {@link LoadDialect#open} that is in no transaction
   */
  void requireUnchanged(Connection source);

  @Override
  void close();
}
