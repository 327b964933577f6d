/** Measurements of Veer beside its peers, and the command that runs them. */
@NullMarked
package nl.veer.benchmarks;

import org.jspecify.annotations.NullMarked;
