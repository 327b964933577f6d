package nl.veer.control.dashboard.live;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import nl.veer.connectors.dialect.TargetConnections;
import nl.veer.connectors.dialect.postgres.PostgresFailures;
import nl.veer.control.config.VeerConfig;
import nl.veer.control.wave.Leg;
import nl.veer.control.wave.Legs;
import org.jspecify.annotations.Nullable;

/** Questions about what is on record, over a session each that is closed behind it. */
final class RecordQuestions {
  /** No answer takes longer, whatever hangs. */
  static final Duration ANSWER = Duration.ofSeconds(10);

  private static final String PURPOSE = "dashboard";

  private RecordQuestions() {}

  /** A question to one side. */
  interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  static <T> T ask(TargetConnections side, Question<T> question) {
    return ask(side, "reading the records", question);
  }

  /**
   * @param doing what is done, as a failure says it
   */
  static <T> T ask(TargetConnections side, String doing, Question<T> question) {
    try (Connection connection = side.openBounded(PURPOSE, ANSWER)) {
      connection.setReadOnly(true);
      return question.ask(connection);
    } catch (SQLException e) {
      throw PostgresFailures.target(e, doing + " for the dashboard");
    }
  }

  /**
   * The leg that each of the waves is on.
   *
   * @param wave null for all
   */
  static Collection<Leg> legs(VeerConfig config, @Nullable String wave) {
    return Legs.current(config).values().stream()
        .filter(leg -> wave == null || leg.home().wave().equals(wave))
        .toList();
  }
}
