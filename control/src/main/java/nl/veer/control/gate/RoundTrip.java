package nl.veer.control.gate;

/**
 * The way of one marker, measured now: into the log, onto the passive side, through the ledger.
 *
 * @param capture until the log had it
 * @param apply until the passive side's stamp was behind it
 * @param ledger until everything before it was weighed, and that was on record
 */
record RoundTrip(Arrival capture, Arrival apply, Arrival ledger) {}
