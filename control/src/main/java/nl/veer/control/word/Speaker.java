package nl.veer.control.word;

import java.util.Locale;

/** Who says something of itself. */
public enum Speaker {
  CAPTURE(CaptureSaid.class),
  REPLICATOR(ReplicatorSaid.class),
  /** Captures the target. */
  ECHO(CaptureSaid.class),
  LEDGER(LedgerSaid.class),
  SCAN(ScanSaid.class),
  VERDICT(VerdictSaid.class),
  /** Drives a cutover, a fallback or a rehearsal. */
  CUTOVER(CutoverSaid.class);

  private final Class<? extends Said> said;

  Speaker(Class<? extends Said> said) {
    this.said = said;
  }

  Class<? extends Said> said() {
    return said;
  }

  /** As keys, JSON and people call it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Speaker of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
