package nl.veer.connectors.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Who opens sessions for work that another may take over. Whoever does so writes it down first and
 * ends all sessions of this purpose then; here a session is opened first, and looked at the record
 * then. So one of the two always stops a former holder, whatever it was about to do.
 *
 * @param purpose of every session, instead of what each is opened for
 * @param requireHeld throws if another has taken over; called behind each opening by whoever opens
 */
public record SessionHolder(String purpose, Runnable requireHeld) {

  interface Opening {
    Connection open(String purpose) throws SQLException;
  }

  /** Opens a session that nobody holds, or one of the holder's. */
  static Connection open(@Nullable SessionHolder holder, String purpose, Opening opening)
      throws SQLException {
    if (holder == null) {
      return opening.open(purpose);
    }
    Connection connection = opening.open(holder.purpose);
    boolean held = false;
    try {
      holder.requireHeld.run();
      held = true;
      return connection;
    } finally {
      if (!held) {
        connection.close();
      }
    }
  }
}
