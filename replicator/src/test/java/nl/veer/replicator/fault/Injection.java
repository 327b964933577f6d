package nl.veer.replicator.fault;

/**
 * One fault at one call site, once.
 *
 * @param occurrence how many calls at this site there must have been, the failing one included
 */
record Injection(CallSite site, Moment moment, Fault fault, int occurrence) {

  /** On which side of the real call. */
  enum Moment {
    /** The call never reaches the other side. */
    BEFORE,
    /** The call was done, and its answer is lost. */
    AFTER
  }

  /** The same, without waiting for a later call, which not every run makes. */
  Injection atFirstCall() {
    return new Injection(site, moment, fault, 1);
  }

  @Override
  public String toString() {
    return fault + " " + moment + " call " + occurrence + " of " + site;
  }
}
