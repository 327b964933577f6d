package nl.veer.benchmarks.ground;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import nl.veer.sandbox.process.Pause;

/** Sees on the target that the last of some changes has come, whoever brings it. */
public final class Arrival {
  private static final Duration LOOK = Duration.ofMillis(5);

  /**
   * The plan is made once, while the table may be empty: by the server's own choice each look would
   * read the whole table, and in the end take more of the target than what is measured.
   */
  private static final String BY_KEY = "SET enable_seqscan = off";

  private Arrival() {}

  /**
   * Waits for it.
   *
   * @param alive asked meanwhile; throws if whoever brings it has given up
   */
  public static void await(Crossing crossing, Writing writing, Runnable alive) throws SQLException {
    await(crossing, writing.isThere(crossing.shape()), alive);
  }

  /**
   * Waits for it.
   *
   * @param isThere SQL that yields true on the target that has it, found by a key
   * @param alive as above
   */
  public static void await(Crossing crossing, String isThere, Runnable alive) throws SQLException {
    long deadline = System.nanoTime() + Work.LIMIT.toNanos();
    try (Connection connection = crossing.world().target().connect(crossing.database());
        Statement setting = connection.createStatement();
        PreparedStatement question = connection.prepareStatement(isThere)) {
      setting.execute(BY_KEY);
      while (!holds(question)) {
        alive.run();
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(crossing.database() + ": nothing came any more");
        }
        Pause.of(LOOK);
      }
    }
  }

  private static boolean holds(PreparedStatement question) throws SQLException {
    try (ResultSet answer = question.executeQuery()) {
      answer.next();
      return answer.getBoolean(1);
    }
  }
}
