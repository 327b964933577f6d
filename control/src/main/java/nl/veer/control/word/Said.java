package nl.veer.control.word;

/** What a role tells beside what it does. Fields may be added; a reader leaves out unknown ones. */
public sealed interface Said
    permits CaptureSaid, ReplicatorSaid, LedgerSaid, ScanSaid, VerdictSaid, CutoverSaid {

  /** What is worth a word at once when it becomes another; the rest waits for its turn. */
  default String gist() {
    return "";
  }
}
