/** From the source's write-ahead log into the log. */
package nl.veer.benchmarks.capture;
