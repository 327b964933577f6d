/** How much memory a crossing's process takes, whatever crosses. */
package nl.veer.benchmarks.memory;
