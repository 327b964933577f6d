/** Measurements of the ferry on one machine: load, capture, apply and end-to-end lag. */
@NullMarked
package nl.veer.benchmarks;

import org.jspecify.annotations.NullMarked;
