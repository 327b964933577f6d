package nl.veer.verifier.blame;

/** Who has made a row differ. */
public enum Culprit {
  /** The source's row is not what the log says: an event is missing or wrong in the log. */
  CAPTURE,
  /** The target's log is not what the source's log says, in a transaction of the replicator's. */
  APPLY,
  /** The target changed it by itself: below its log, or by a trigger or rule of its own. */
  TARGET,
  /** Somebody else has written to the target. */
  FOREIGN_WRITER,
  /** No event since the load has touched it. */
  LOAD,
  /** It cannot be told. */
  UNKNOWN
}
