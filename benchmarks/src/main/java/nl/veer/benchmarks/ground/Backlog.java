package nl.veer.benchmarks.ground;

import java.sql.SQLException;

/** Changes that wait at the source to be carried: over which tables, and which they are. */
public interface Backlog {

  /** As a contest's name says it. */
  String words();

  /**
   * A new crossing, with the rows that the changes need on its source.
   *
   * @param purpose begins its name
   */
  Crossing begin(World world, String purpose) throws Exception;

  /** The same rows on the target, for those who copy nothing. */
  void fillTarget(Crossing crossing) throws SQLException;

  /** Writes the changes to the source; returns of how many rows. */
  long write(Crossing crossing) throws SQLException;

  /** SQL that yields true on a side that has taken the last of them. */
  String isThere();
}
