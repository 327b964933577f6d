/** The servers that measurements run on, and the data they run over. */
package nl.veer.benchmarks.ground;
