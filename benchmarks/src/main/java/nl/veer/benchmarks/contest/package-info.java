/** Several ways to do the same work, measured in turns, and what came of it. */
package nl.veer.benchmarks.contest;
