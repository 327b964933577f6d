package nl.veer.control.cutover;

/** What an attempt is made for. */
public enum AttemptKind {
  /** Everything up to the proof, and back: the side that applications write to stays. */
  REHEARSAL,
  /** The writes move to the other side. */
  CUTOVER
}
