package nl.veer.control.reload;

import java.sql.Connection;
import java.sql.SQLException;
import nl.veer.control.crossing.CrossingWorld;

/** Lets whoever writes a certain row of a table on the target wait there, until closed. */
final class HeldCopy implements AutoCloseable {
  private static final String WAITING =
      "SELECT coalesce(min(pid)::text, '') FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
          + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

  private final CrossingWorld world;
  private final Connection holder;

  /**
   * @param id of the row
   */
  HeldCopy(CrossingWorld world, String table, int id) throws SQLException {
    this.world = world;
    this.holder = world.target();
    CrossingWorld.execute(
        holder,
        """
        CREATE OR REPLACE FUNCTION veer_test_hold() RETURNS trigger LANGUAGE plpgsql AS
        $$BEGIN PERFORM pg_advisory_xact_lock(1602); RETURN NEW; END$$
        """,
        "CREATE OR REPLACE TRIGGER hold BEFORE INSERT ON "
            + table
            + " FOR EACH ROW WHEN (NEW.id = "
            + id
            + ") EXECUTE FUNCTION veer_test_hold()",
        "ALTER TABLE " + table + " ENABLE ALWAYS TRIGGER hold",
        "SELECT pg_advisory_lock(1602)");
  }

  /** Which session waits there; empty if none does. */
  String waiting() {
    try {
      return world.targetText(WAITING);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Whether a session waits there that is not this one. */
  boolean holdsAnother(String session) {
    String now = waiting();
    return !now.isEmpty() && !now.equals(session);
  }

  @Override
  public void close() throws SQLException {
    holder.close();
  }
}
