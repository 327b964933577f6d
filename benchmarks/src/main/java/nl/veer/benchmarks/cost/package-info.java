/** What work costs: processor time and memory of processes, as the operating system counts them. */
package nl.veer.benchmarks.cost;
