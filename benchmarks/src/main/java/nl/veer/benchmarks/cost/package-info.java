/** What work costs: processor time and memory of processes, as the operating system counts them. */
@NullMarked
package nl.veer.benchmarks.cost;

import org.jspecify.annotations.NullMarked;
