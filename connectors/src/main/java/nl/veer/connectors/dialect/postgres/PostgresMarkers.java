package nl.veer.connectors.dialect.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.regex.Pattern;
import nl.veer.connectors.event.LogId;
import nl.veer.connectors.event.LsnPosition;

/**
 * Puts markers into a database's own log, where the capture of that log finds them as {@link
 * nl.veer.connectors.event.Marker}. A marker is transactional: it comes at the place of its commit,
 * and not at all if the transaction is rolled back. It touches no table, so no fence refuses it.
 * Stateless.
 */
public final class PostgresMarkers {
  /** Whoever reads a log takes what ends in {@code .heartbeat} for one. */
  private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9_-]*");

  private static final String EMIT = "SELECT pg_logical_emit_message(true, ?, ?)::text";

  private PostgresMarkers() {}

  /**
   * Puts one in: at once if the connection commits by itself, else when the caller commits.
   *
   * <p>What the place proves: every transaction that committed before this call has its commit at
   * or below it. So a log that is read beyond it, at any commit position above, has all of those.
   * It does not prove that the marker itself was read: its own commit comes later, and other
   * transactions may commit in between. For that, wait for the marker.
   *
   * @param kind what it marks, for example {@code gate}: small letters, digits, {@code _ -}
   * @return where the message ends; every commit position above it is behind whatever committed
   *     before the call
   */
  public static LsnPosition emit(Connection side, LogId log, String kind, String content)
      throws SQLException {
    if (!KIND.matcher(kind).matches()) {
      throw new IllegalArgumentException("Not a marker's kind: " + kind);
    }
    try (PreparedStatement emit = side.prepareStatement(EMIT)) {
      emit.setString(1, log.markerPrefix() + ".marker." + kind);
      emit.setString(2, content);
      try (ResultSet row = emit.executeQuery()) {
        row.next();
        return LsnPosition.parse(row.getString(1));
      }
    }
  }
}
