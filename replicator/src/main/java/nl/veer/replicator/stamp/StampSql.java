package nl.veer.replicator.stamp;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import nl.veer.connectors.dialect.RowIdentity;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/** Reads and writes the rows of the {@code veer} schema. Plain SQL that every target knows. */
final class StampSql {
  /** Parts the names of columns; a name that holds it itself is refused. */
  private static final String UNIT_SEPARATOR = "\u001f";

  private StampSql() {}

  /** Sets the statement's parameters, in order; null is SQL's NULL. Answers the rows hit. */
  static int update(Connection connection, String sql, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, parameters);
      return statement.executeUpdate();
    }
  }

  /** The same for many things, in few round trips; answers the rows hit for each. */
  static <T> int[] updateAll(
      Connection connection, String sql, List<T> things, Function<T, Object[]> parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (T thing : things) {
        set(statement, parameters.apply(thing));
        statement.addBatch();
      }
      return statement.executeBatch();
    }
  }

  private static void set(PreparedStatement statement, @Nullable Object... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      Object value = parameters[i];
      statement.setObject(
          i + 1, value instanceof Instant instant ? Timestamp.from(instant) : value);
    }
  }

  static Optional<Stamp> stamp(Connection connection, WaveId wave) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT transaction_number, position, log_id, log_offset, committed_at FROM veer.stamp"
                + " WHERE migration = ? AND wave = ?")) {
      set(query, wave.migration(), wave.wave());
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        Timestamp committedAt = row.getTimestamp(5);
        return Optional.of(
            new Stamp(
                row.getLong(1),
                position(row.getString(2)),
                row.getString(3),
                row.getLong(4),
                committedAt == null ? null : committedAt.toInstant()));
      }
    }
  }

  /**
   * Who owns a wave's stamp.
   *
   * @param sealed whether the row is as Veer wrote it
   */
  record Owner(long epoch, boolean sealed) {}

  /**
   * @param seal the condition that the row is as Veer wrote it
   */
  static Optional<Owner> owner(Connection connection, WaveId wave, String seal)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT epoch, coalesce("
                + seal
                + ", false) FROM veer.stamp WHERE migration = ? AND wave = ?")) {
      set(query, wave.migration(), wave.wave());
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? Optional.of(new Owner(row.getLong(1), row.getBoolean(2)))
            : Optional.empty();
      }
    }
  }

  static List<TableLoad> loads(Connection connection, WaveId wave) throws SQLException {
    List<TableLoad> loads = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT table_schema, table_name, state, truncate, whole_before, key_columns, boundary,"
                + " boundary_position, row_count, byte_count, coalesce(written_columns, '')"
                + " FROM veer.load"
                + " WHERE migration = ? AND wave = ? ORDER BY table_schema, table_name")) {
      set(query, wave.migration(), wave.wave());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          loads.add(
              new TableLoad(
                  new TableId(row.getString(1), row.getString(2)),
                  TableLoad.State.valueOf(row.getString(3)),
                  row.getBoolean(4),
                  new RowIdentity(row.getBoolean(5), names(row.getString(6))),
                  names(row.getString(11)),
                  row.getString(7),
                  position(row.getString(8)),
                  row.getLong(9),
                  row.getLong(10)));
        }
      }
    }
    return loads;
  }

  static boolean isAnyLeft(Connection connection, WaveId wave) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT EXISTS (SELECT 1 FROM veer.load"
                + " WHERE migration = ? AND wave = ? AND state <> 'COMPLETE')")) {
      set(query, wave.migration(), wave.wave());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /** Where the log began, by table; without those of which it was not recorded. */
  static Map<TableId, String> horizons(Connection connection, WaveId wave) throws SQLException {
    Map<TableId, String> horizons = new HashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT table_schema, table_name, log_horizon FROM veer.load WHERE migration = ?"
                + " AND wave = ? AND log_horizon IS NOT NULL")) {
      set(query, wave.migration(), wave.wave());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          horizons.put(new TableId(row.getString(1), row.getString(2)), row.getString(3));
        }
      }
    }
    return horizons;
  }

  /**
   * The names as one text.
   *
   * @throws Failure CONFIGURATION if one of them cannot be told apart from two
   */
  static String joined(List<String> names) {
    if (names.stream().anyMatch(name -> name.contains(UNIT_SEPARATOR))) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "COLUMN_NAME",
          "The name of one of the columns "
              + names
              + " has the control character U+001F. Rename it, or exclude the table.");
    }
    return String.join(UNIT_SEPARATOR, names);
  }

  private static List<String> names(String joined) {
    return joined.isEmpty() ? List.of() : List.of(joined.split(UNIT_SEPARATOR, -1));
  }

  private static @Nullable Position position(@Nullable String text) {
    return text == null ? null : Position.parse(text);
  }
}
