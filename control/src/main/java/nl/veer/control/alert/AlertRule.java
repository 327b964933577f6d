package nl.veer.control.alert;

import java.util.Locale;

/**
 * What somebody is told about. The names are what messages, metrics and silences refer to, and
 * stay; each is a section of {@code docs/operations.md}.
 */
public enum AlertRule {
  DIFFERENCE(
      Severity.CRITICAL,
      "Do not cut over. List them with: veer diff. Then see who did it, and repair."),
  INCIDENT(
      Severity.CRITICAL,
      "Mend what the message names; the wave then goes on by itself. See the code in the runbook."),
  ROLE_FAILED(
      Severity.CRITICAL, "See the code in the runbook, mend the cause, and start the role again."),
  SLOT_LOSS(
      Severity.CRITICAL,
      "See why the slot's reader is behind; raise max_slot_wal_keep_size while the disk allows it."
          + " A lost slot means loading anew."),
  CUTOVER_OVERDUE(
      Severity.CRITICAL,
      "Writes are refused. See who drives the cutover; else: veer cutover --abort."),
  ROLE_SILENT(Severity.CRITICAL, "Start the role, or see why nothing comes from it: veer status."),
  LAG(Severity.WARNING, "See what holds the target up: veer status, and its locks and disks."),
  LEDGER_LAG(
      Severity.WARNING, "See what holds the verification up: veer status, and the role verify."),
  ROLE_RETRYING(
      Severity.WARNING, "See whether what the message names is away; the role goes on by itself."),
  VERDICT(Severity.WARNING, "See what is not known, and why: veer status --tables."),
  SCAN_AGE(
      Severity.WARNING,
      "See what holds the scans up (veer status); raise verification.scan-rate if they are too"
          + " slow.");

  private final Severity severity;
  private final String action;

  AlertRule(Severity severity, String action) {
    this.severity = severity;
    this.action = action;
  }

  public Severity severity() {
    return severity;
  }

  /** What to do, in a sentence or two. */
  public String action() {
    return action;
  }

  /** As it is written everywhere: {@code slot-loss}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Where more is said. */
  public String section() {
    return "docs/operations.md#" + word();
  }
}
