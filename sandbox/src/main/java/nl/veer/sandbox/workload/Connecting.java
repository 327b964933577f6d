package nl.veer.sandbox.workload;

import java.sql.Connection;
import java.sql.SQLException;

/** Gives new connections to the shop's database. */
@FunctionalInterface
public interface Connecting {
  Connection connect() throws SQLException;
}
