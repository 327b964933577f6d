/** The first copy of a table. */
@NullMarked
package nl.veer.benchmarks.load;

import org.jspecify.annotations.NullMarked;
