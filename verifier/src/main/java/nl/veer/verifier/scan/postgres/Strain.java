package nl.veer.verifier.scan.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import nl.veer.connectors.event.WaveId;
import org.jspecify.annotations.Nullable;

/**
 * How hard it is for the databases already.
 *
 * @param lag how old the source's last transaction is that the target holds, by the source's clock;
 *     null if it holds none
 * @param active sessions that work on the source, without Veer's
 */
public record Strain(@Nullable Duration lag, int active) {
  private static final String ACTIVE =
      """
      SELECT count(*) FILTER (WHERE state = 'active' AND backend_type = 'client backend'
                                AND application_name NOT LIKE 'veer: %'),
             clock_timestamp()
      FROM pg_catalog.pg_stat_activity
      """;

  /** Reads it now; the target first, so that the lag is not shorter than it is. */
  public static Strain read(Connection source, Connection target, WaveId wave) throws SQLException {
    Instant applied = applied(target, wave);
    try (Statement statement = source.createStatement();
        ResultSet row = statement.executeQuery(ACTIVE)) {
      row.next();
      return new Strain(
          applied == null ? null : Duration.between(applied, row.getTimestamp(2).toInstant()),
          row.getInt(1));
    }
  }

  private static @Nullable Instant applied(Connection target, WaveId wave) throws SQLException {
    try (PreparedStatement query =
        target.prepareStatement(
            "SELECT committed_at FROM veer.stamp WHERE migration = ? AND wave = ?")) {
      query.setString(1, wave.migration());
      query.setString(2, wave.wave());
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getTimestamp(1) != null ? row.getTimestamp(1).toInstant() : null;
      }
    }
  }
}
