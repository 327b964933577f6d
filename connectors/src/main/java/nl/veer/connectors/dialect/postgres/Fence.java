package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** One kind of fence; what is promised stands at {@link PostgresFence}. */
sealed interface Fence permits TriggerFence, RevokeFence, ReadOnlyFence {

  void prepare(Connection side, Duration lockWait) throws SQLException;

  void raise(Connection side, Duration lockWait) throws SQLException;

  void lower(Connection side) throws SQLException;

  boolean isUp(Connection side) throws SQLException;

  String text();
}
