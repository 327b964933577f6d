/**
 * Mends rows of the target that differ: plans what to do to them, and does it in transactions of
 * its own that say so, each row only if it is proven what it has to be, and still is what was seen.
 */
@NullMarked
package nl.veer.verifier.repair;

import org.jspecify.annotations.NullMarked;
