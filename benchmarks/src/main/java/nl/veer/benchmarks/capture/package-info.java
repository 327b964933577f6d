/** From the source's write-ahead log into the log. */
@NullMarked
package nl.veer.benchmarks.capture;

import org.jspecify.annotations.NullMarked;
