package nl.veer.control.status;

/** What a wave is doing, as people and JSON see it. */
public enum WaveState {
  /** Neither slot nor stamp is there. */
  NOT_STARTED,
  STARTING,
  /** The log is written; this process does not know what becomes of it. */
  CAPTURING,
  LOADING,
  /** Loaded; some table's boundary is not passed yet, so the target equals no position. */
  CATCHING_UP,
  REPLICATING,
  RETRYING,
  INCIDENT,
  /** A role's last word is too old, and was not that it ends: whether it works is not known. */
  SILENT,
  /** Begun, and some role is not running now. */
  STOPPED,
  FAILED,
  /** Something could not be read; see the wave's {@code unknown}. */
  UNKNOWN
}
