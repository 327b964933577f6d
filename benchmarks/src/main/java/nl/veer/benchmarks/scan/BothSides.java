package nl.veer.benchmarks.scan;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import nl.veer.benchmarks.ground.Crossing;

/** A session on each side, which are asked the same at once. One process works for each. */
final class BothSides implements AutoCloseable {
  private final List<Connection> sessions;
  private final ExecutorService askers = Executors.newFixedThreadPool(2);

  BothSides(Crossing crossing) throws SQLException {
    this.sessions =
        List.of(
            crossing.world().source().connect(crossing.database()),
            crossing.world().target().connect(crossing.database()));
    for (Connection session : sessions) {
      try (Statement statement = session.createStatement()) {
        statement.execute("SET max_parallel_workers_per_gather = 0");
      }
    }
  }

  /**
   * Asks both.
   *
   * @throws IllegalStateException if they do not answer the same
   */
  void requireSame(String question) throws Exception {
    Future<String> here = askers.submit(() -> answer(sessions.get(0), question));
    Future<String> there = askers.submit(() -> answer(sessions.get(1), question));
    if (!here.get().equals(there.get())) {
      throw new IllegalStateException(question + " differs on equal tables");
    }
  }

  private static String answer(Connection session, String question) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet rows = statement.executeQuery(question)) {
      StringBuilder answer = new StringBuilder();
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int column = 1; column <= columns; column++) {
          answer.append(rows.getString(column)).append('|');
        }
      }
      return answer.toString();
    }
  }

  @Override
  public void close() throws SQLException {
    askers.shutdownNow();
    for (Connection session : sessions) {
      session.close();
    }
  }
}
