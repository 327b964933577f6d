package nl.veer.control.wave;

import java.sql.Connection;
import java.sql.SQLException;

/** Whoever moves legs, where another may take that over: asked in each change of the records. */
public interface LegOwner {
  /** Nobody else may do it; for tests, and for the removal of a wave. */
  LegOwner ALONE = home -> {};

  /**
   * Keeps others from taking over until the caller's transaction ends.
   *
   * @throws nl.veer.connectors.failure.Failure CONFLICT if another has taken over: the change is
   *     then refused
   */
  void lock(Connection home) throws SQLException;
}
