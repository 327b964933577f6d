/** Keyed 128-bit digests of canonical bytes, and sums of them. */
@NullMarked
package nl.veer.verifier.digest;

import org.jspecify.annotations.NullMarked;
