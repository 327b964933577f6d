package nl.veer.verifier.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import nl.veer.connectors.event.WaveId;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's wish that the wave's own scans rest, for as long as it stands: it outlives every
 * process. A scan that somebody asks for beside them does not rest.
 *
 * @param by who wished it
 * @param reason in their words; null if they gave none
 * @param at when, by the target's clock
 */
public record ScanPause(String by, @Nullable String reason, Instant at) {

  /** For people. */
  public String words() {
    return "by %s since %s%s".formatted(by, at, reason == null ? "" : ": " + reason);
  }

  /** The one that stands; empty if the scans go on. */
  public static Optional<ScanPause> read(Connection target, WaveId wave) throws SQLException {
    try (PreparedStatement query =
        target.prepareStatement(
            "SELECT paused_by, paused_reason, paused_at FROM veer.scanner"
                + " WHERE migration = ? AND wave = ? AND paused_by IS NOT NULL")) {
      RecordSql.set(query, wave.migration(), wave.wave());
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? Optional.of(
                new ScanPause(
                    row.getString("paused_by"),
                    row.getString("paused_reason"),
                    Objects.requireNonNull(RecordSql.instant(row, "paused_at"))))
            : Optional.empty();
      }
    }
  }

  /**
   * Lets the wave's scans rest, in the caller's transaction.
   *
   * @return whether they did not already
   */
  public static boolean begin(Connection target, WaveId wave, String by, @Nullable String reason)
      throws SQLException {
    RecordSchema.make(target);
    return RecordSql.update(
            target,
            "INSERT INTO veer.scanner AS s (migration, wave, epoch, paused_by, paused_reason,"
                + " paused_at) VALUES (?, ?, 0, ?, ?, clock_timestamp())"
                + " ON CONFLICT (migration, wave) DO UPDATE SET paused_by = excluded.paused_by,"
                + " paused_reason = excluded.paused_reason, paused_at = excluded.paused_at"
                + " WHERE s.paused_by IS NULL",
            wave.migration(),
            wave.wave(),
            by,
            reason)
        == 1;
  }

  /**
   * Lets them go on, in the caller's transaction.
   *
   * @return whether they rested
   */
  public static boolean end(Connection target, WaveId wave) throws SQLException {
    RecordSchema.make(target);
    return RecordSql.update(
            target,
            "UPDATE veer.scanner SET paused_by = NULL, paused_reason = NULL, paused_at = NULL"
                + " WHERE migration = ? AND wave = ? AND paused_by IS NOT NULL",
            wave.migration(),
            wave.wave())
        == 1;
  }
}
