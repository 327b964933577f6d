/** What a repair plans and writes. */
@NullMarked
package nl.veer.verifier.repair;

import org.jspecify.annotations.NullMarked;
