package nl.veer.control.wave;

/** How far a leg is, as home has it on record. */
public enum LegState {
  /** Its log is captured; nothing is applied from it. */
  PREPARED,
  /** The wave's changes travel on it. */
  ACTIVE,
  /** Nothing is applied from it. Before the next leg's side is opened, it may be taken back. */
  RETIRED;

  /** Whether a leg goes on, or back, to this one; to its own it may always. */
  public boolean mayBecome(LegState next) {
    return switch (this) {
      case PREPARED -> true;
      case ACTIVE -> next != PREPARED;
      case RETIRED -> next != PREPARED;
    };
  }
}
