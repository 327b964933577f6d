/** How long after the source's commit a change is on the target, while clients write steadily. */
package nl.veer.benchmarks.latency;
