/**
 * The ledger: what the log says against what the target's own log, the echo, says was done. Each
 * stamped target transaction must have exactly the net effect of the log's transactions that its
 * stamp covers; any other change of the wave's tables is somebody else's.
 */
@NullMarked
package nl.veer.verifier.ledger;

import org.jspecify.annotations.NullMarked;
