/** The outage of cutovers. */
@NullMarked
package nl.veer.benchmarks.cutover;

import org.jspecify.annotations.NullMarked;
