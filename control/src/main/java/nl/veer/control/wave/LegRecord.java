package nl.veer.control.wave;

import nl.veer.connectors.event.WaveId;

/**
 * A leg as home has it on record.
 *
 * @param home the wave as it is configured
 * @param turn another one each time that it is retired, or made anew: roles that began in another
 *     turn are not its own
 */
record LegRecord(WaveId home, int number, LegState state, long turn) {

  /** Of a wave that was never cut over. */
  static LegRecord first(WaveId home) {
    return new LegRecord(home, 0, LegState.ACTIVE, 0);
  }

  /** Whether roles that began by one of the two are those of the other. */
  boolean isSameTurn(LegRecord other) {
    return home.equals(other.home) && number == other.number && turn == other.turn;
  }

  /** Whether roles have something to do for it. */
  boolean runs() {
    return state != LegState.RETIRED;
  }
}
