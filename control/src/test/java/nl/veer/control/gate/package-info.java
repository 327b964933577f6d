/** The gate: the decision alone, and a crossing whose gate is shut in every way. */
@NullMarked
package nl.veer.control.gate;

import org.jspecify.annotations.NullMarked;
