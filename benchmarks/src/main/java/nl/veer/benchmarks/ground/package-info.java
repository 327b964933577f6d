/** The servers that measurements run on, and the data they run over. */
@NullMarked
package nl.veer.benchmarks.ground;

import org.jspecify.annotations.NullMarked;
