package nl.veer.verifier.record;

/** Why a table was scanned. */
public enum ScanKind {
  /** It was its turn. */
  SCHEDULED,
  /** Somebody asked for it. */
  ASKED,
  /** A cutover needed one to rest on. */
  CUTOVER
}
