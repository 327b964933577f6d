package nl.veer.control.reading;

/** How a role does. */
public enum RoleState {
  /** It does what it is there for. */
  WELL,
  /** It has not begun: for the load's end, for the echo, for another role. */
  WAITING,
  /** Something is away; it tries again. */
  RETRYING,
  /** Something does not fit; it looks again until somebody has acted. */
  INCIDENT,
  /** It ended with a failure. */
  FAILED,
  /** It ended because it was asked to. */
  ENDED,
  /** No process does it: the databases see nobody. */
  SILENT,
  /** It runs elsewhere, if at all, and the databases could not be asked. */
  UNKNOWN
}
