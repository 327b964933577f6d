package nl.veer.control.dashboard.command;

import java.util.Locale;

/** What may be asked of a wave. */
public enum CommandName {
  /** Its scans rest until RESUME, whatever restarts. */
  PAUSE,
  /** Its scans go on. */
  RESUME,
  /** Compares its tables once, or some of them. */
  SCAN,
  /** A cutover up to the proof, and back. */
  REHEARSE,
  /** Moves its writes to the target. */
  CUTOVER,
  /** Undoes the attempt that stands, whoever drives it, and ends what was asked for here. */
  ABORT,
  /** Moves its writes back to the source. */
  FALLBACK;

  /** Whether it moves production, so that it is confirmed by the wave's name. */
  public boolean moves() {
    return this == CUTOVER || this == FALLBACK;
  }

  /** Whether writes are refused while it is done, for a time that is bounded. */
  public boolean hasOutage() {
    return moves() || this == REHEARSE;
  }

  /** In a sentence. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
