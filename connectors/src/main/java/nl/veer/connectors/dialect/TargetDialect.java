package nl.veer.connectors.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import nl.veer.connectors.event.ColumnEncoding;
import nl.veer.connectors.failure.Failure;
import org.jspecify.annotations.Nullable;

/** How one make of database is written to. Safe for use by several threads. */
public interface TargetDialect {

  /**
   * Opens a session for writing.
   *
   * @param purpose shown by the server, see {@link TargetConnections#open}
   */
  TargetSession open(TargetConnections target, String purpose);

  /**
   * Opens a session for short changes that others wait for. It waits for no lock longer than some
   * seconds, and when it stands still inside a transaction the server ends it: its process may be
   * paused, and must not keep the next one out.
   */
  TargetSession openBriefly(TargetConnections target, String purpose);

  /** All tables, as the target's catalog describes them. */
  List<TableSchema> tables(Connection connection) throws SQLException;

  /** The value as this database reads it, exactly. */
  @Nullable String text(ColumnEncoding encoding, @Nullable Object value);

  /**
   * Makes or migrates the {@code veer} schema, however many do it at once. Commits.
   *
   * @throws Failure LOST_POSITION if a table of it was dropped
   */
  void migrateRecords(Connection connection) throws SQLException;

  /** Makes tables of the {@code veer} schema that were dropped, empty; the others stay. */
  void restoreRecords(Connection connection) throws SQLException;

  /**
   * Removes the {@code veer} schema with everything in it; but where an audit log, or what is kept
   * of finished migrations, holds a row, only what stands beside it.
   */
  void dropRecords(Connection connection) throws SQLException;

  /** Whether the {@code veer} schema exists. */
  boolean hasRecords(Connection connection) throws SQLException;

  /**
   * Ends all other sessions on this database that were opened for these purposes. The rest of the
   * open transaction waits for their locks only shortly.
   */
  void endSessions(Connection connection, List<String> purposes) throws SQLException;

  /** The server's own number of this session. */
  long sessionId(Connection connection) throws SQLException;

  /** SQL for the number of the transaction under way, as text. */
  String transactionNumber();

  /**
   * SQL for the number of the transaction that has written a row, as text. A physical copy of the
   * database keeps it. It holds for rows that were written outside of a savepoint.
   */
  String rowWriter();

  /** A driver's error as a failure, without row values. */
  Failure failure(SQLException error, String doing);
}
