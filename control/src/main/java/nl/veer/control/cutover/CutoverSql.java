package nl.veer.control.cutover;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.WaveId;
import org.jspecify.annotations.Nullable;

/** Attempts in and out of {@code veer.cutover}. */
final class CutoverSql {
  private CutoverSql() {}

  /** Runs the statement; answers the rows hit. */
  static int update(Connection home, String sql, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = home.prepareStatement(sql)) {
      set(statement, parameters);
      return statement.executeUpdate();
    }
  }

  /**
   * Attempts of a wave, the last one first.
   *
   * @param where a condition of their columns
   */
  static List<Attempt> read(Connection home, WaveId wave, String where) throws SQLException {
    try (PreparedStatement query =
        home.prepareStatement(
            "SELECT * FROM veer.cutover WHERE migration = ? AND wave = ? AND "
                + where
                + " ORDER BY id DESC")) {
      set(query, wave.migration(), wave.wave());
      return attempts(query);
    }
  }

  static List<Attempt> attempts(PreparedStatement query) throws SQLException {
    List<Attempt> attempts = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        attempts.add(attempt(row));
      }
    }
    return attempts;
  }

  private static Attempt attempt(ResultSet row) throws SQLException {
    return new Attempt(
        row.getLong("id"),
        new WaveId(row.getString("migration"), row.getString("wave")),
        row.getInt("leg"),
        AttemptKind.valueOf(row.getString("kind")),
        CutoverState.of(row.getString("state")),
        row.getLong("epoch"),
        Duration.ofMillis(row.getLong("budget_millis")),
        new AttemptFacts(
            number(row, "known_findings"),
            instant(row, "fenced_at"),
            position(row, "marker"),
            position(row, "applied"),
            position(row, "target_position"),
            number(row, "table_count"),
            number(row, "row_count"),
            row.getString("verdict"),
            row.getString("proof"),
            number(row, "outage_millis"),
            row.getString("measured_by")),
        steps(row.getString("steps")),
        Objects.requireNonNull(instant(row, "started_at")),
        instant(row, "finished_at"),
        row.getString("failure_code"),
        row.getString("failure"));
  }

  /** {@code PREPARED=12,FENCED=140}. */
  static String text(Map<String, Long> steps) {
    return steps.entrySet().stream()
        .map(step -> step.getKey() + "=" + step.getValue())
        .collect(Collectors.joining(","));
  }

  private static Map<String, Long> steps(String text) {
    Map<String, Long> steps = new LinkedHashMap<>();
    for (String step : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      int equals = step.indexOf('=');
      steps.put(step.substring(0, equals), Long.valueOf(step.substring(equals + 1)));
    }
    return steps;
  }

  static void set(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      Object value = parameters[i];
      statement.setObject(
          i + 1, value instanceof Instant instant ? Timestamp.from(instant) : value);
    }
  }

  static @Nullable String text(@Nullable LsnPosition position) {
    return position == null ? null : position.text();
  }

  private static @Nullable LsnPosition position(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? null : LsnPosition.parse(text);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }

  private static @Nullable Long number(ResultSet row, String column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? null : (Long) number;
  }
}
