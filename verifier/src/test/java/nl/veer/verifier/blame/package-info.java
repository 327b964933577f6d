/** Who is said to have made a row differ. */
@NullMarked
package nl.veer.verifier.blame;

import org.jspecify.annotations.NullMarked;
