package nl.veer.control.dashboard.command;

/** How far a command is. */
public enum CommandState {
  /** A second person has to say yes. */
  WAITING_APPROVAL,
  /** It is under way. */
  RUNNING,
  /** It was done. */
  DONE,
  /** It began, and did not come to the end that was asked for. */
  FAILED,
  /** It did not begin. */
  REFUSED,
  /** Nobody said yes in time. */
  EXPIRED
}
