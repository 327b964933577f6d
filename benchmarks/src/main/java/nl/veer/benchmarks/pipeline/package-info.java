/** From the source's commit to the target's. */
@NullMarked
package nl.veer.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
