package nl.veer.control.check;

/** What a finding means for a run. */
public enum Severity {
  /** A run would fail or be wrong. */
  ERROR,
  /** A run is possible; somebody should know. */
  WARNING
}
