package nl.veer.verifier.blame;

/** Whose a transaction of the target is. */
enum Writer {
  /** The replicator's: it moves the wave's stamp. */
  STAMPED,
  /** A load's. */
  LOAD,
  /** A repair's. */
  REPAIR,
  /** Somebody else's. */
  NEITHER
}
