package nl.veer.verifier.scan.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.Position;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.verifier.verdict.TargetCut.Applied;
import org.jspecify.annotations.Nullable;

/**
 * What the target says of itself in the snapshot of a look.
 *
 * @param applied how much of the log it holds; null before the first transaction
 * @param loaded whether the table's load is whole, and everything that it includes is passed
 */
public record StampReading(@Nullable Applied applied, boolean loaded) {
  private static final String STAMP =
      """
      SELECT s.transaction_number, s.position, s.log_id, s.log_offset,
             l.state = 'COMPLETE', l.boundary_position
      FROM veer.stamp s
           LEFT JOIN veer.load l ON l.migration = s.migration AND l.wave = s.wave
                                 AND l.table_schema = ? AND l.table_name = ?
      WHERE s.migration = ? AND s.wave = ?
      """;

  /** Reads it in the session's transaction. */
  public static StampReading of(ScanSession target, WaveId wave, TableId table) {
    return target.ask("reading the stamp of wave " + wave, c -> read(c, wave, table));
  }

  private static StampReading read(Connection connection, WaveId wave, TableId table)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(STAMP)) {
      query.setString(1, table.schema());
      query.setString(2, table.name());
      query.setString(3, wave.migration());
      query.setString(4, wave.wave());
      try (ResultSet row = query.executeQuery()) {
        if (!row.next() || row.getString(2) == null || row.getString(3) == null) {
          return new StampReading(null, false);
        }
        Position position = LsnPosition.parse(row.getString(2));
        String boundary = row.getString(6);
        boolean loaded =
            row.getBoolean(5) && boundary != null && !LsnPosition.parse(boundary).isAfter(position);
        return new StampReading(
            new Applied(row.getLong(1), position, row.getString(3), row.getLong(4)), loaded);
      }
    }
  }
}
