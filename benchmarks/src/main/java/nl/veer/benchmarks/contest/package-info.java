/** Several ways to do the same work, measured in turns, and what came of it. */
@NullMarked
package nl.veer.benchmarks.contest;

import org.jspecify.annotations.NullMarked;
