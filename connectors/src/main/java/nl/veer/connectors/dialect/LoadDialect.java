package nl.veer.connectors.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;

/** How one make of database is read in bulk. Safe for use by several threads. */
public interface LoadDialect {

  /**
   * What the load needs to know of a source table.
   *
   * @param estimatedRows the source's own estimate, 0 if it has none
   * @param estimatedBytes likewise
   */
  record SourceTable(
      TableSchema schema, RowIdentity identity, long estimatedRows, long estimatedBytes) {}

  /**
   * A part of a table that is copied at once; its form is the dialect's business.
   *
   * @param relation the table, or one of its partitions
   * @param bytes about how much lies there
   */
  record Range(TableId table, String relation, long from, long to, long bytes) {}

  /** A connection for reading, with the settings that make its output exact. */
  Connection open(SourceConnections source, String purpose) throws SQLException;

  /** Whether the wave's changes are being kept for its log, so that a load may begin. */
  boolean keepsLog(Connection source, WaveId wave) throws SQLException;

  /**
   * A place in the source's order of transactions: those that begin later are behind it. In the
   * dialect's form, for {@link #awaitsCommits} and {@link Boundary#reaches}.
   */
  String horizon(Connection source) throws SQLException;

  /**
   * Whether transactions from before the horizon are committed but not visible yet (PostgreSQL:
   * they wait for a synchronous standby). The log may lack them, for they were written before it
   * began, and a snapshot taken now would lack them too.
   */
  boolean awaitsCommits(Connection source, String horizon) throws SQLException;

  /** The given tables; those that do not exist are left out. */
  List<SourceTable> tables(Connection source, List<TableId> ids) throws SQLException;

  /**
   * Fixes one state of the tables for any number of readers.
   *
   * @param holder a connection of {@link #open} that is in no transaction; the snapshot's alone
   *     until that is closed. If this fails, nothing more can be done with it
   */
  SourceSnapshot snapshot(Connection holder, List<SourceTable> tables);

  /** Reads a boundary as it was recorded. */
  Boundary boundary(String text, Position position);

  /** A driver's error on the source as a failure, without row values. */
  Failure sourceFailure(SQLException error, String doing);
}
