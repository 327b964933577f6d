/** From the source's commit to the target's. */
package nl.veer.benchmarks.pipeline;
