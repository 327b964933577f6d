/** The first copy of a table. */
package nl.veer.benchmarks.load;
