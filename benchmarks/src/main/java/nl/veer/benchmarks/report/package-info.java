/** What was measured, for people and for programs. */
package nl.veer.benchmarks.report;
