/** Changes that wait are brought to the target, from a log or from the source itself. */
package nl.veer.benchmarks.apply;
