/**
 * What the verifier says: EQUAL, DIFFERENT or UNKNOWN with its reason, always with the positions on
 * both sides that it is about and with what was left out.
 */
@NullMarked
package nl.veer.verifier.verdict;

import org.jspecify.annotations.NullMarked;
