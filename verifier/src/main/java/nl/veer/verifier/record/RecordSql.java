package nl.veer.verifier.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import nl.veer.connectors.event.Position;
import org.jspecify.annotations.Nullable;

/** Values in and out of the verifier's tables; null is SQL's NULL. */
final class RecordSql {
  private RecordSql() {}

  /** Runs the statement; answers the rows hit. */
  static int update(Connection connection, String sql, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, parameters);
      return statement.executeUpdate();
    }
  }

  static void set(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      Object value = parameters[i];
      statement.setObject(
          i + 1, value instanceof Instant instant ? Timestamp.from(instant) : value);
    }
  }

  static @Nullable Position position(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? null : Position.parse(text);
  }

  static @Nullable String text(@Nullable Position position) {
    return position == null ? null : position.text();
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }

  static @Nullable Long number(ResultSet row, String column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? null : (Long) number;
  }
}
