package nl.veer.control.gate;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The gate's predicates, in the order in which they are shown among their like. The names are what
 * waivers, scripts and the audit log refer to, and stay.
 */
public enum PredicateName {
  LAG_CAPTURE(Waiving.ALLOWED),
  LAG_APPLY(Waiving.ALLOWED),
  LAG_LEDGER(Waiving.ALLOWED),
  LEDGER_BALANCED(Waiving.SHOUTED),
  FINDINGS_NONE(Waiving.SHOUTED),
  DIFFERENCES_NONE(Waiving.SHOUTED),
  TABLES_SCANNED(Waiving.SHOUTED),
  SCANS_FRESH(Waiving.ALLOWED),
  VERDICT_EQUAL(Waiving.SHOUTED),
  CONSTRAINTS(Waiving.ALLOWED),
  TRIGGERS(Waiving.ALLOWED),
  INDEXES(Waiving.ALLOWED),
  SEQUENCES(Waiving.ALLOWED),
  SETTINGS(Waiving.ALLOWED),
  REVERSE_SLOTS(Waiving.NEVER),
  REVERSE_RIGHTS(Waiving.NEVER),
  FENCE_RIGHTS(Waiving.NEVER),
  FOREIGN_KEYS_ACROSS_WAVES(Waiving.ALLOWED),
  REHEARSED(Waiving.ALLOWED);

  /** Whether somebody may decide to go on without it. */
  public enum Waiving {
    ALLOWED,
    /** It is a part of the proof: every report says loudly that it was done without. */
    SHOUTED,
    /** The cutover cannot be carried out without it, or not be undone. */
    NEVER
  }

  private final Waiving waiving;

  PredicateName(Waiving waiving) {
    this.waiving = waiving;
  }

  public Waiving waiving() {
    return waiving;
  }

  /** As it is written everywhere: {@code lag-capture}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The predicate of this name, as it stands. */
  Predicate is(PredicateState state) {
    return new Predicate(text(), state);
  }

  public static Optional<PredicateName> find(String text) {
    return Arrays.stream(values()).filter(name -> name.text().equals(text)).findFirst();
  }
}
