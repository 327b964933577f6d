package nl.veer.control.gate;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import nl.veer.connectors.dialect.postgres.PostgresSlotState;
import nl.veer.connectors.dialect.postgres.PostgresSlots;
import nl.veer.connectors.event.LsnPosition;
import nl.veer.connectors.event.WaveId;
import nl.veer.control.home.HomeTables;
import org.jspecify.annotations.Nullable;

/** How far a leg has come, by what the two databases say; to be asked again and again. */
final class Places {
  private static final String STAMPED =
      "(SELECT position FROM veer.stamp WHERE migration = ? AND wave = ?)";
  private static final String BALANCED =
      "(SELECT balanced_position FROM veer.ledger WHERE migration = ? AND wave = ?)";
  private static final String NOWHERE =
      "(SELECT NULL::text WHERE ?::text IS NULL AND ?::text IS NULL)";

  private final Connection active;
  private final Connection passive;
  private final WaveId leg;
  private final String question;

  /**
   * All are positions of the active side; null where there is none yet.
   *
   * @param confirmed what the capture has confirmed to its slot
   * @param stamped what the passive side says it equals
   * @param balanced what the ledger has weighed, as it is on record
   */
  record Seen(
      @Nullable LsnPosition confirmed,
      @Nullable LsnPosition stamped,
      @Nullable LsnPosition balanced) {}

  private Places(Connection active, Connection passive, WaveId leg, String question) {
    this.active = active;
    this.passive = passive;
    this.leg = leg;
    this.question = question;
  }

  static Places of(Connection active, Connection passive, WaveId leg) throws SQLException {
    String stamped = HomeTables.exists(passive, "veer.stamp") ? STAMPED : NOWHERE;
    String balanced = HomeTables.exists(passive, "veer.ledger") ? BALANCED : NOWHERE;
    return new Places(active, passive, leg, "SELECT " + stamped + ", " + balanced);
  }

  Seen now() throws SQLException {
    LsnPosition confirmed =
        PostgresSlots.find(active, leg.slot()).map(PostgresSlotState::confirmed).orElse(null);
    try (PreparedStatement query = passive.prepareStatement(question)) {
      for (int i = 1; i <= 4; i += 2) {
        query.setString(i, leg.migration());
        query.setString(i + 1, leg.wave());
      }
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return new Seen(confirmed, place(row.getString(1)), place(row.getString(2)));
      }
    }
  }

  private static @Nullable LsnPosition place(@Nullable String text) {
    return text == null ? null : LsnPosition.parse(text);
  }
}
