package nl.veer.control.cutover;

/** When a coordinator dies. */
enum Moment {
  /** The state is on record, nothing of its step is done. */
  BEFORE,
  /** Its step is done, the next state is not on record. */
  BEHIND
}
