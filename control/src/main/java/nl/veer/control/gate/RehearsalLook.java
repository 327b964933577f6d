package nl.veer.control.gate;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import nl.veer.connectors.event.WaveId;

/** Looks for the last rehearsal of a leg that went well. */
public interface RehearsalLook {

  /**
   * @param wave as configured
   * @param leg its number
   * @return empty if there was none
   */
  Optional<Rehearsal> last(Connection home, WaveId wave, int leg) throws SQLException;
}
