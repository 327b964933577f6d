/** The outage of cutovers. */
package nl.veer.benchmarks.cutover;
