/** How long after the source's commit a change is on the target, while clients write steadily. */
@NullMarked
package nl.veer.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
