/** Changes that wait are brought to the target, from a log or from the source itself. */
@NullMarked
package nl.veer.benchmarks.apply;

import org.jspecify.annotations.NullMarked;
