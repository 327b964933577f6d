package nl.veer.control.alert;

import java.util.Locale;

/** How soon somebody must act. */
public enum Severity {
  /** Now: rows, or the way itself, are in danger. */
  CRITICAL,
  /** Today. */
  WARNING;

  /** As messages and metrics write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
