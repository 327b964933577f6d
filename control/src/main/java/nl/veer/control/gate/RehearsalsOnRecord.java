package nl.veer.control.gate;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.home.HomeTables;

/** The rehearsals that {@code veer.cutover} at home knows of. Stateless. */
public final class RehearsalsOnRecord implements RehearsalLook {
  private static final String LAST =
      """
      SELECT finished_at, outage_millis FROM veer.cutover
      WHERE migration = ? AND wave = ? AND leg = ? AND kind = 'REHEARSAL' AND state = 'REHEARSED'
        AND finished_at IS NOT NULL AND outage_millis IS NOT NULL
      ORDER BY finished_at DESC LIMIT 1
      """;

  @Override
  public Optional<Rehearsal> last(Connection home, WaveId wave, int leg) throws SQLException {
    if (!HomeTables.exists(home, "veer.cutover")) {
      return Optional.empty();
    }
    try (PreparedStatement query = home.prepareStatement(LAST)) {
      query.setString(1, wave.migration());
      query.setString(2, wave.wave());
      query.setInt(3, leg);
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Rehearsal(row.getTimestamp(1).toInstant(), Duration.ofMillis(row.getLong(2))))
            : Optional.empty();
      }
    }
  }
}
