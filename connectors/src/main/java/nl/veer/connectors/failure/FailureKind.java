package nl.veer.connectors.failure;

/** Decides what happens after a failure; nothing else does. */
public enum FailureKind {
  /** What the user wrote cannot work. Stops; somebody must change the configuration. */
  CONFIGURATION(Reaction.STOP),
  /** The source holds or sends something that cannot be carried exactly. An incident. */
  SOURCE_DATA(Reaction.INCIDENT),
  /** The target does not fit what the log says. An incident. */
  TARGET_DATA(Reaction.INCIDENT),
  /** The other side is away or busy; the same step may well succeed later. Retried. */
  TRANSIENT(Reaction.RETRY),
  /** Another process owns what this one wanted to write. Stops; the other goes on. */
  CONFLICT(Reaction.STOP),
  /** A place in the source's history, the log or the stamp is gone. Stops; load anew. */
  LOST_POSITION(Reaction.STOP),
  /** Veer contradicts itself. Stops; report it. */
  BUG(Reaction.STOP);

  /** What a role does after a failure of some kind. */
  public enum Reaction {
    /** The role ends. */
    STOP,
    /** The role tries the same step again, with a growing pause. */
    RETRY,
    /** The wave stops where it is, keeps its log, and looks again from time to time. */
    INCIDENT
  }

  private final Reaction reaction;

  FailureKind(Reaction reaction) {
    this.reaction = reaction;
  }

  public Reaction reaction() {
    return reaction;
  }
}
