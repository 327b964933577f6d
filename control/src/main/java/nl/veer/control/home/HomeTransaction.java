package nl.veer.control.home;

import java.sql.Connection;
import java.sql.SQLException;

/** One transaction on a connection that commits by itself before and behind it. Stateless. */
public final class HomeTransaction {
  private HomeTransaction() {}

  /** What is done in it. */
  public interface Work {
    void run() throws SQLException;
  }

  /** Does all of the work, or nothing of it. */
  public static void of(Connection home, Work work) throws SQLException {
    home.setAutoCommit(false);
    boolean done = false;
    try {
      work.run();
      home.commit();
      done = true;
    } finally {
      if (!done) {
        home.rollback();
      }
      home.setAutoCommit(true);
    }
  }
}
