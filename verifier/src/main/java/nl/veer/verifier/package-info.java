/** Proof that source and target are equal: ledger, scan and verdict. */
@NullMarked
package nl.veer.verifier;

import org.jspecify.annotations.NullMarked;
