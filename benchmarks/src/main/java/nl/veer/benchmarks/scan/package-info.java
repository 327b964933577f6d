/** Whether two tables are equal. */
package nl.veer.benchmarks.scan;
