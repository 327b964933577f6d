package nl.veer.verifier.repair;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.event.WaveId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.verifier.repair.PlannedRow.Action;

/** The target's {@code veer.repair}, and what a repair needs of the other records. Stateless. */
final class RepairRecords {
  /** Published, or not to be: a wave without an echo has no publication. */
  private static final String HEARD =
      """
      SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_publication WHERE pubname = ?)
          OR EXISTS (SELECT FROM pg_catalog.pg_publication_tables
                     WHERE pubname = ? AND schemaname = 'veer' AND tablename = 'repair')
      """;

  private RepairRecords() {}

  /**
   * Refuses where the echo would not say whose a repair's changes are.
   *
   * @throws Failure CONFIGURATION
   */
  static void requireHeard(Connection connection, WaveId wave) throws SQLException {
    String publication = wave.echo().publication();
    try (PreparedStatement query = connection.prepareStatement(HEARD)) {
      query.setString(1, publication);
      query.setString(2, publication);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        if (!row.getBoolean(1)) {
          throw new Failure(
              FailureKind.CONFIGURATION,
              "REPAIR_UNHEARD",
              ("The echo of wave %s began before there was veer.repair, and the ledger would take a"
                      + " repair for a foreign writer. Start veer run (or veer verify) of this"
                      + " version once, which adds it; where the publication %s is another role's,"
                      + " as that role: ALTER PUBLICATION %s ADD TABLE veer.repair.")
                  .formatted(wave, publication, publication));
        }
      }
    }
  }

  /** Says in the transaction that a row of it is a repair's; answers its number. */
  static long write(
      Connection connection, WaveId wave, TableId table, String keyDigest, Action action)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO veer.repair (migration, wave, table_schema, table_name, key_digest, kind)"
                + " VALUES (?, ?, ?, ?, ?, ?) RETURNING id")) {
      set(insert, wave, table, keyDigest);
      insert.setString(6, action.name());
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** The last repair of this row since the difference was found. */
  static Optional<Long> of(
      Connection connection, WaveId wave, TableId table, String keyDigest, long difference)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT max(r.id) FROM veer.repair r WHERE migration = ? AND wave = ?"
                + " AND table_schema = ? AND table_name = ? AND key_digest = ? AND applied_at >="
                + " (SELECT d.found_at FROM veer.difference d WHERE d.id = ?)")) {
      set(query, wave, table, keyDigest);
      query.setLong(6, difference);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        long id = row.getLong(1);
        return row.wasNull() ? Optional.empty() : Optional.of(id);
      }
    }
  }

  private static void set(PreparedStatement statement, WaveId wave, TableId table, String keyDigest)
      throws SQLException {
    statement.setString(1, wave.migration());
    statement.setString(2, wave.wave());
    statement.setString(3, table.schema());
    statement.setString(4, table.name());
    statement.setString(5, keyDigest);
  }
}
