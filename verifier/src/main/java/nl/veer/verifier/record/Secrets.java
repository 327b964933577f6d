package nl.veer.verifier.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import nl.veer.connectors.event.WaveId;
import nl.veer.verifier.digest.DigestKey;

/** The secrets of digests that are on record, by which rows that were found are found again. */
public final class Secrets {
  private Secrets() {}

  /** Of the ledger's digests; empty where there is no ledger. */
  public static Optional<DigestKey> ledger(Connection connection, WaveId wave) throws SQLException {
    return RecordSchema.exists(connection)
        ? read(
            connection,
            "SELECT digest_key FROM veer.ledger WHERE migration = ? AND wave = ?",
            wave.migration(),
            wave.wave())
        : Optional.empty();
  }

  /** Of the scans' digests; empty where none was ever kept. */
  public static Optional<DigestKey> scans(Connection connection, WaveId wave) throws SQLException {
    return ScanSchema.exists(connection)
        ? read(
            connection, "SELECT secret FROM veer.scan_secret WHERE migration = ?", wave.migration())
        : Optional.empty();
  }

  private static Optional<DigestKey> read(Connection connection, String sql, String... parameters)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      RecordSql.set(query, (Object[]) parameters);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(DigestKey.of(row.getBytes(1))) : Optional.empty();
      }
    }
  }
}
