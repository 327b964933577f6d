package nl.veer.verifier.verdict;

/** Why there is no answer. */
public enum UnknownReason {
  /** Nobody has looked. */
  NEVER_SCANNED,
  /** Rows went on changing for as long as they were looked at. */
  UNSETTLED,
  /** It was left out on purpose. */
  EXCLUDED,
  /** The target, or the log, is not as far as it must be for a comparison. */
  BEHIND,
  /** It was asked to stop before it was through. */
  STOPPED,
  /** It could not be read. */
  ERROR
}
