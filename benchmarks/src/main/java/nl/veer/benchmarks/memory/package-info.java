/** How much memory a crossing's process takes, whatever crosses. */
@NullMarked
package nl.veer.benchmarks.memory;

import org.jspecify.annotations.NullMarked;
