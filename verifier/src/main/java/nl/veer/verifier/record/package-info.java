/**
 * What the verifier keeps on the target, in the schema {@code veer}: how far a wave's ledger is and
 * what it found, how far its scans are and what they said, what differs, and the history of
 * verdicts.
 */
@NullMarked
package nl.veer.verifier.record;

import org.jspecify.annotations.NullMarked;
